import { Injectable } from '@nestjs/common';
import { actor, Clock, Missing, Personal, refuseIf, row, RuleRecords, sql } from '@shuzheng/platform';
import { addDays, maskName } from '@shuzheng/regulation';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { reasonsNotToDecide, reasonsNotToWithdraw } from '../domain/amending.js';
import { type AmendmentAct, type AmendmentState, mayAct } from '../domain/certificate-states.js';
import { Attachments } from './attachments.js';
import { accountId, departmentOnly } from './batches.js';
import { lockCertificate, type StandingCertificate } from './standing-certificate.js';

export interface Amendment {
  readonly id: string;
  readonly certificateId: string;
  readonly act: AmendmentAct;
  readonly kind: 'typo' | 'identity' | null;
  readonly reason: string | null;
  readonly ofVersion: number;
  readonly changedFields: string[];
  readonly changes: string | null;
  readonly reviewOn: string | null;
  readonly state: AmendmentState;
  readonly requestedBy: string;
}

export interface Request {
  readonly act: AmendmentAct;
  readonly kind?: string;
  readonly reason?: string;
  readonly changes?: Readonly<Record<string, string>>;
  readonly basis: string;
  readonly evidenceSha256?: string | undefined;
  readonly reviewOn?: string;
}

export interface Outcome {
  readonly state: Exclude<AmendmentState, 'requested'>;
  readonly why?: string;
  readonly version?: number;
  readonly successorId?: string;
}

/** The texts of a request, sealed. Corrections and revocations were first kept in tables of those names. */
const places = {
  correct: { table: 'correction', basis: 'reason_sealed' },
  revoke: { table: 'revocation', basis: 'basis_sealed' },
  suspend: { table: 'amendment', basis: 'basis_sealed' },
  reinstate: { table: 'amendment', basis: 'basis_sealed' },
  replace: { table: 'amendment', basis: 'basis_sealed' },
} as const;

/** Requests to amend certificates: one open at a time for each, asked for by one person and decided by another. */
@Injectable()
export class Amendments {
  constructor(
    private readonly clock: Clock,
    private readonly personal: Personal,
    private readonly rules: RuleRecords,
    private readonly attachments: Attachments,
  ) {}

  async request(tx: EntityManager, certificate: StandingCertificate, request: Request): Promise<string> {
    const id = randomUUID();
    const { act, changes } = request;
    const { table, basis } = places[act];
    await sql(tx, insert, [
      ...[id, certificate.id, certificate.organisationId, act, request.kind ?? null, request.reason ?? null],
      ...[certificate.version, Object.keys(changes ?? {})],
      maskName(certificate.snapshot.holderName),
      changes?.['holderName'] === undefined ? null : maskName(changes['holderName']),
      changes === undefined ? null : this.personal.seal(table, 'changes_sealed', id, JSON.stringify(changes)),
      this.personal.seal(table, basis, id, request.basis),
      ...[request.evidenceSha256 ?? null, request.reviewOn ?? null, await this.dueOn(tx)],
      ...[accountId(), actor().organisationId ?? null, this.clock.now()],
    ]);
    return id;
  }

  /** No document gives the department a time for this: the office may set one. */
  private async dueOn(tx: EntityManager) {
    const day = this.clock.today();
    const set = await this.rules.find<{ days: number }>(tx, { rule: 'amendment-days', scope: 'programme', day });
    return set?.value ? addDays(day, set.value.days) : null;
  }

  /** Loads a request for the decision of the department, under the locks of everything that it changes. */
  async lockToDecide(tx: EntityManager, id: string, act?: AmendmentAct) {
    departmentOnly();
    const { amendment, certificate } = await this.lock(tx, id, act);
    const attached = await this.attachments.faults(tx, certificate.batchId);
    refuseIf([...reasonsNotToDecide({ ...amendment, by: accountId() }), ...attached]);
    // One request is open at a time, so nothing can have changed the certificate since it was asked for.
    if (amendment.ofVersion !== certificate.version || !mayAct(amendment.act, certificate.state)) {
      throw new Error('a certificate has changed beside its open request');
    }
    return { amendment, certificate };
  }

  async lockToWithdraw(tx: EntityManager, id: string) {
    const found = await this.lock(tx, id);
    refuseIf(reasonsNotToWithdraw({ ...found.amendment, by: accountId() }));
    return found;
  }

  private async lock(tx: EntityManager, id: string, act?: AmendmentAct) {
    const of = await row<Amendment>(tx, find, [id, act ?? null]);
    if (!of) throw new Missing();
    const certificate = await lockCertificate(tx, this.personal, of.certificateId);
    const amendment = await row<Amendment>(tx, `${find} for update`, [id, act ?? null]);
    if (!amendment) throw new Missing();
    return { amendment, certificate };
  }

  decide(tx: EntityManager, { id }: Amendment, { state, why, version, successorId }: Outcome) {
    return sql(tx, decide, [
      ...[id, state, accountId(), this.clock.now(), state === 'approved' ? this.clock.today() : null],
      why === undefined ? null : this.personal.seal('amendment', 'decision_sealed', id, why),
      ...[version ?? null, successorId ?? null],
    ]);
  }

  changes({ id, act, changes }: { id: string; act: AmendmentAct; changes: string | null }): Record<string, string> {
    if (changes === null) return {};
    return JSON.parse(this.personal.open(places[act].table, 'changes_sealed', id, changes)) as Record<string, string>;
  }

  basis({ id, act, basis }: { id: string; act: AmendmentAct; basis: string }): string {
    return this.personal.open(places[act].table, places[act].basis, id, basis);
  }

  why({ id, why }: { id: string; why: string | null }): string | null {
    return why === null ? null : this.personal.open('amendment', 'decision_sealed', id, why);
  }
}

const insert = `
  insert into amendment (id, certificate_id, organisation_id, act, kind, reason, of_version, changed_fields, masked_from,
    masked_to, changes_sealed, basis_sealed, evidence_sha256, review_on, due_on, requested_by, requested_from, requested_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`;

const find = `
  select id, certificate_id as "certificateId", act, kind, reason, of_version as "ofVersion",
    changed_fields as "changedFields", changes_sealed as changes, review_on as "reviewOn", state, requested_by as "requestedBy"
  from amendment where id = $1 and ($2::text is null or act = $2)`;

const decide = `
  update amendment set state = $2, decided_by = $3, decided_at = $4, effective_on = $5, decision_sealed = $6, version = $7,
    successor_id = $8
  where id = $1`;
