import { RowsDecided } from '@shuzheng/contracts';
import { randomUUID } from 'node:crypto';
import { aReleasedSession, created, type Sitting } from './a-session.js';
import type { World } from './a-world.js';

/** The status and the codes of an answer. */
export const codes = ({ status, body }: { status: number; body: { reasons?: { code: string }[] } }) => [
  status,
  ...(body.reasons ?? []).map(({ code }) => code),
];

export interface ResultRow {
  readonly id: string;
  readonly state: string;
  readonly admissionNumber: string;
  readonly outcome: string;
}

export const resultsOf = async (world: World, sessionId: string) =>
  (await world.preparer.get(`/sessions/${sessionId}/results`)).body.items as [ResultRow, ResultRow, ResultRow];

export const report = (world: World, sessionId: string, body: object = {}) =>
  world.approver.post(`/sessions/${sessionId}/result-report`, body);

export interface Reported extends Sitting {
  readonly batchId: string;
  readonly results: readonly [ResultRow, ResultRow, ResultRow];
}

/** All three have passed, and the first part is with the department. */
export async function aReportedSession(world: World): Promise<Reported> {
  const sitting = await aReleasedSession(world);
  created(await report(world, sitting.sessionId));
  return { ...sitting, batchId: randomUUID(), results: await resultsOf(world, sitting.sessionId) };
}

export interface Decided {
  readonly resultId: string;
  readonly decision?: 'confirmed' | 'returned';
  readonly reasons?: string[];
}

/** The department decides about some rows of a part. */
export const hearDecisions = (world: World, { sessionId, batchId }: Reported, rows: readonly Decided[], part = 1) =>
  world.service.hear(RowsDecided, {
    ...{ batchId, part, sessionId, organisationId: world.evaluationOrganisationId },
    ...{ decidedOn: '2026-03-20', undecided: 0 },
    rows: rows.map(
      ({ resultId, decision = 'returned', reasons = decision === 'returned' ? ['photo-missing'] : [] }) => ({
        ...{ rowId: randomUUID(), resultId, personId: randomUUID(), decision, reasons },
      }),
    ),
  });
