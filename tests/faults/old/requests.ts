import { Personal } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type pg from 'pg';
import type { OldRegistry } from './registry.js';

export interface OldRequests {
  /** A certificate for which one correction waits to be approved. */
  readonly waiting: { readonly certificateId: string; readonly requestId: string };
  /** A certificate for which three requests wait: two corrections, and a revocation that came last. */
  readonly crowded: { readonly certificateId: string; readonly lastId: string };
  /** A certificate that is revoked, for which a correction still waits. */
  readonly revoked: { readonly certificateId: string };
}

/** Requests that the earlier version let wait side by side, as it left them. */
export function leaveRequests(old: OldRegistry): Promise<OldRequests> {
  const personal = new Personal('certification', ['seal'], { keys: join(old.folder, 'keys'), profile: 'demo' });
  return old.behind(async (client) => {
    await client.query('set search_path = certification');
    const idsOf = async (state: string) =>
      (
        await client.query<{ id: string }>(
          'select id from certificate where state = $1 and id <> $2 order by registry_number limit 2',
          [state, old.saved.progress.known['valid']],
        )
      ).rows.map(({ id }) => id);
    const [waiting = '', crowded = ''] = await idsOf('valid');
    const [revoked = ''] = await idsOf('revoked');
    const correct = (certificateId: string, day: string) => leaveCorrection(client, personal, certificateId, day);
    const requestId = await correct(waiting, '2026-11-01');
    await correct(crowded, '2026-11-02');
    await correct(crowded, '2026-11-03');
    const lastId = await leaveRevocation(client, personal, crowded, '2026-11-04');
    await correct(revoked, '2026-11-05');
    return {
      waiting: { certificateId: waiting, requestId },
      crowded: { certificateId: crowded, lastId },
      revoked: { certificateId: revoked },
    };
  });
}

async function leaveCorrection(client: pg.Client, personal: Personal, certificateId: string, day: string) {
  const id = randomUUID();
  await client.query(
    `insert into correction (id, certificate_id, organisation_id, kind, of_version, changed_fields, changes_sealed,
       reason_sealed, requested_by, requested_at)
     select $1, id, organisation_id, 'typo', version, '{holderName}', $3, $4, gen_random_uuid(), $5::date
     from certificate where id = $2`,
    [
      id,
      certificateId,
      personal.seal('correction', 'changes_sealed', id, JSON.stringify({ holderName: '升级后更正的姓名' })),
      personal.seal('correction', 'reason_sealed', id, '录入有误'),
      day,
    ],
  );
  return id;
}

async function leaveRevocation(client: pg.Client, personal: Personal, certificateId: string, day: string) {
  const id = randomUUID();
  await client.query(
    `insert into revocation (id, certificate_id, organisation_id, reason, basis_sealed, requested_by, requested_at)
     select $1, id, organisation_id, 'issued-in-error', $3, gen_random_uuid(), $4::date from certificate where id = $2`,
    [id, certificateId, personal.seal('revocation', 'basis_sealed', id, '误发'), day],
  );
  return id;
}
