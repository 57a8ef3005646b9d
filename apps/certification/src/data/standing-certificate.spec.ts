import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { certificateEffects, type CertificateState, ledgerOf, mayAct, rowOf } from '../domain/certificate-states.js';
import { printActs } from '../domain/printing.js';
import { rowActs } from '../domain/row-states.js';
import { type AmendmentPath, Desk } from '../testing/desk.js';

const desk = new Desk();
const { service } = desk;
beforeAll(() => desk.open());
afterAll(() => desk.close());

const paths = {
  corrections: 'correct',
  suspensions: 'suspend',
  reinstatements: 'reinstate',
  revocations: 'revoke',
  replacements: 'replace',
} as const;

const bodies: Readonly<Record<AmendmentPath, object>> = {
  corrections: { kind: 'typo', changes: { holderName: '王晓明' }, reason: '录入有误' },
  suspensions: { reason: 'under-investigation', basis: '核查', reviewOn: '2026-12-31' },
  reinstatements: { reason: 'doubt-removed', basis: '核查' },
  revocations: { reason: 'issued-in-error', basis: '误发' },
  replacements: { reason: 'lost', basis: '遗失' },
};

interface Life {
  readonly id: string;
  readonly state: CertificateState;
  readonly row: string;
  readonly ledger: string;
  readonly live: boolean;
  readonly open: 'correct' | 'suspend' | 'reinstate' | 'revoke' | 'replace' | null;
  readonly replaced: boolean;
}

const lives = `
  select certificate.id, certificate.state, row.state as row, ledger.state as ledger, ledger.live, act as open,
    exists (select from certificate as later where later.replaces = certificate.id) as replaced
  from certificate join ledger using (id) join batch_row as row on row.id = certificate.row_id
  left join amendment on certificate_id = certificate.id and amendment.state = 'requested'
  where certificate.batch_id = $1`;

it('holds certificate, row, number and request to the pairs of the table, whatever is tried in whatever order', async () => {
  const step = fc.tuple(
    fc.constantFrom(...(Object.keys(paths) as AmendmentPath[])),
    fc.constantFrom('approve', 'reject', 'withdraw', 'leave'),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 12 }), async (tried) => {
      const { batchId } = await desk.issued();
      for (const [i, [path, then]] of tried.entries()) {
        const before = await service.query<Life & Record<string, unknown>>(lives, [batchId]);
        const current = before.find(({ replaced }) => !replaced);
        const body =
          path === 'corrections'
            ? { ...bodies[path], changes: { holderName: `王晓${'一二三'[i % 3]}` } }
            : bodies[path];
        const asked = await desk.officer().post(`/certificates/${current?.id}/${path}`, body);
        if (asked.status === 201) expect(current && mayAct(paths[path], current.state)).toBe(true);
        const open = await service.query<{ id: string; act: string }>(
          `select amendment.id, act from amendment where certificate_id = $1 and state = 'requested'`,
          [current?.id],
        );
        const [waiting] = open;
        const address = Object.entries(paths).find(([, act]) => act === waiting?.act)?.[0];
        if (waiting && then === 'approve') await desk.approver().post(`/${address}/${waiting.id}/approve`);
        if (waiting && then === 'reject') {
          await desk.approver().post(`/amendments/${waiting.id}/reject`, { reason: '不同意' });
        }
        if (waiting && then === 'withdraw') await desk.officer().post(`/amendments/${waiting.id}/withdraw`);

        for (const life of await service.query<Life & Record<string, unknown>>(lives, [batchId])) {
          if (!life.replaced) expect(life.row).toBe(rowOf[life.state]);
          expect({ state: life.ledger, live: life.live }).toEqual(ledgerOf(life.state));
          if (life.open !== null) expect(mayAct(life.open, life.state)).toBe(true);
        }
      }
    }),
    { numRuns: 6 },
  );
}, 120_000);

type Acts = Readonly<Record<string, { readonly from: readonly string[]; readonly to: string }>>;
const pairsOf = (acts: Acts) =>
  Object.values(acts)
    .flatMap(({ from, to }) => from.filter((state) => state !== to).map((state) => `${state} → ${to}`))
    .sort();

it.each([
  ['row_transition', rowActs],
  ['certificate_transition', certificateEffects],
  ['print_transition', printActs],
])('keeps the table %s as the code has it', async (table, acts) => {
  const kept = await service.query<{ pair: string }>(`select was || ' → ' || becomes as pair from ${table}`);

  expect(kept.map(({ pair }) => pair).sort()).toEqual([...new Set(pairsOf(acts))]);
});
