import { Injectable } from '@nestjs/common';
import { OccupationRecorded, OrganisationRegistered, RuleRecorded } from '@shuzheng/contracts';
import { announce, Audit, Clock, rows, sql, type TimerHandler } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { keepVersions } from '../data/organisations.js';
import {
  occupations,
  type OccupationRecord,
  organisations,
  type RuleRecord,
  rules,
  standards,
} from '../data/reference/reference.js';

const CHUNK = 100;

const chunks = <T>(items: readonly T[]) =>
  Array.from({ length: Math.ceil(items.length / CHUNK) }, (_, nth) => items.slice(nth * CHUNK, (nth + 1) * CHUNK));

/**
 * Loads what the programme's documents say, once for each release that changes it. What is already there is announced
 * no more, and what somebody of the department has confirmed is left alone.
 */
@Injectable()
export class LoadReferenceData implements TimerHandler {
  readonly kind = 'load-reference-data';

  constructor(
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  async run(_payload: object, tx: EntityManager) {
    const offices = await this.loadOrganisations(tx);
    const named = await loadOccupations(tx);
    await loadStandards(tx);
    let recorded = 0;
    for (const chunk of chunks(rules)) recorded += await this.loadRules(tx, chunk);
    await this.audit.note({ detail: { organisations: offices, occupations: named, rules: recorded } });
  }

  private async loadOrganisations(tx: EntityManager) {
    const fresh = await rows<{ id: string }>(
      tx,
      `insert into organisation (id, name, city_code, role, registered_at)
       select *, $5::timestamptz from unnest($1::uuid[], $2::text[], $3::text[], $4::text[])
       on conflict do nothing returning id`,
      [
        organisations.map(({ id }) => id),
        organisations.map(({ name }) => name),
        organisations.map(({ cityCode }) => cityCode),
        organisations.map(({ role }) => role),
        this.clock.now(),
      ],
    );
    const ids = new Set(fresh.map(({ id }) => id));
    await keepVersions(tx, [...ids], this.clock.now());
    for (const { id, ...organisation } of organisations.filter(({ id }) => ids.has(id)))
      announce(tx, OrganisationRegistered, { organisationId: id, creditCode: null, ...organisation });
    return ids.size;
  }

  private async loadRules(tx: EntityManager, records: readonly RuleRecord[]) {
    const changed = await rows<{ id: string }>(tx, writeRules, [
      records.map(({ id }) => id),
      records.map(({ rule }) => rule),
      records.map(({ scope }) => scope),
      records.map(({ edition }) => edition),
      records.map(({ level }) => level),
      records.map(({ value }) => value && JSON.stringify(value)),
      records.map(({ from }) => from),
      records.map(({ document }) => document),
      records.map(({ article }) => article),
      records.map(({ confidence }) => confidence),
      records.map(({ note }) => note ?? null),
      this.clock.now(),
    ]);
    const ids = new Set(changed.map(({ id }) => id));
    for (const { id: ruleId, note: _, ...record } of records.filter(({ id }) => ids.has(id)))
      announce(tx, RuleRecorded, { ruleId, to: null, ...record });
    return ids.size;
  }
}

const writeRules = `
  insert into rule_record as kept (id, rule, scope, edition, level, value, valid_from, document, article, confidence, note, recorded_at)
  select *, $12::timestamptz from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::jsonb[], $7::date[],
    $8::text[], $9::text[], $10::text[], $11::text[])
  on conflict (id) do update set value = excluded.value, document = excluded.document, article = excluded.article,
    confidence = excluded.confidence, note = excluded.note, recorded_at = excluded.recorded_at
  where kept.confirmed_by is null and kept.version = 1 and (kept.value, kept.document, kept.article, kept.confidence, kept.note)
    is distinct from (excluded.value, excluded.document, excluded.article, excluded.confidence, excluded.note)
  returning id`;

async function loadOccupations(tx: EntityManager) {
  const changed = await rows<{ code: string }>(tx, writeOccupations, [
    occupations.map(({ code }) => code),
    occupations.map(({ name }) => name),
    occupations.map(({ currentCode }) => currentCode.value),
    occupations.map(({ currentCode }) => currentCode.confidence),
    occupations.map(({ formerCode }) => formerCode?.value ?? null),
    occupations.map(({ formerCode }) => formerCode?.confidence ?? null),
    occupations.map(({ confidence }) => confidence),
    occupations.map(({ source }) => source),
    occupations.map(({ note }) => note ?? null),
  ]);
  const codes = new Set(changed.map(({ code }) => code));
  for (const occupation of occupations.filter(({ code }) => codes.has(code)))
    announce(tx, OccupationRecorded, asEvent(occupation));
  return codes.size;
}

const asEvent = ({ code, name, formerCode, confidence, source }: OccupationRecord): OccupationRecorded => ({
  occupationCode: code,
  formerCode: formerCode?.value ?? null,
  name,
  confidence,
  source,
});

const writeOccupations = `
  insert into occupation as kept (code, name, current_code, current_confidence, former_code, former_confidence, confidence, source, note)
  select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
  on conflict (code) do update set name = excluded.name, current_code = excluded.current_code,
    current_confidence = excluded.current_confidence, former_code = excluded.former_code,
    former_confidence = excluded.former_confidence, confidence = excluded.confidence, source = excluded.source, note = excluded.note
  where kept.changed_by is null and (kept.name, kept.current_code, kept.current_confidence, kept.former_code, kept.former_confidence,
      kept.confidence, kept.source, kept.note)
    is distinct from (excluded.name, excluded.current_code, excluded.current_confidence, excluded.former_code,
      excluded.former_confidence, excluded.confidence, excluded.source, excluded.note)
  returning code`;

const loadStandards = (tx: EntityManager) =>
  sql(
    tx,
    `insert into standard (occupation_code, edition, document, promulgated_on, confidence, note)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::date[], $5::text[], $6::text[])
     on conflict (occupation_code, edition) do update set document = excluded.document,
       promulgated_on = excluded.promulgated_on, confidence = excluded.confidence, note = excluded.note`,
    [
      standards.map(({ occupationCode }) => occupationCode),
      standards.map(({ value }) => value?.edition ?? null),
      standards.map(({ value }) => value?.document ?? null),
      standards.map(({ value }) => value?.promulgatedOn ?? null),
      standards.map(({ confidence }) => confidence),
      standards.map(({ note }) => note ?? null),
    ],
  );
