import { actor, sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { type MomentKind, moments } from '../domain/class-moments.js';

interface OfClass {
  readonly id: string;
  readonly organisationId: string;
  readonly cityCode: string;
}

/** Writes down in the timeline of the class what has happened: counts, days and codes, nothing that names a person. */
export function remember(
  tx: EntityManager,
  { id, organisationId, cityCode }: OfClass,
  kind: MomentKind,
  at: Date,
  detail: object = {},
) {
  return sql(
    tx,
    `insert into class_moment (id, class_id, organisation_id, city_code, kind, role, account_id, detail, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      randomUUID(),
      id,
      organisationId,
      cityCode,
      kind,
      moments[kind].role,
      actor().accountId ?? null,
      JSON.stringify(detail),
      at,
    ],
  );
}
