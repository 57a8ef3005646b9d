import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DueDayExtended, ResultHoldChanged, ResultVoided } from '@shuzheng/contracts';
import type { Actor } from '@shuzheng/platform';
import { Desk } from '../testing/desk.js';

const desk = new Desk();
const { service } = desk;
beforeAll(() => desk.open());
afterAll(() => desk.close());

/** What somebody sees of every table that holds rows of an organisation, when a query forgets to ask whose they are. */
async function seen(who: Actor) {
  const tables = await service.query<{ name: string }>(
    `select table_name as name from information_schema.columns
     where table_schema = 'certification' and column_name in ('organisation_id', 'proposed_by')
       and table_name not in ('audit', 'file', 'withdrawn_access', 'ended_session') and table_name not like 'known%' order by 1`,
  );
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const found = await service.acting(who, () =>
      service.db.read<{ n: number }>(`select count(*)::int as n from ${name}`),
    );
    counts[name] = found[0]?.n ?? -1;
  }
  return counts;
}

/** A result on hold, another due day, and nationally returned rows of which one was given up and another's result is void. */
async function oneOfEachFact() {
  const sent = await desk.sent({ rows: desk.rows(2) });
  await desk.reply(sent.packageId, await desk.replyFile(sent.batchId, (line) => ({ ...line, decision: '退回' })));
  const [first, second] = await desk.rowsOf(sent.batchId);
  await desk.preparer().post(`/rows/${first?.id}/give-up`, { reason: 'result-invalid' });
  const of = { sessionId: sent.sessionId, organisationId: desk.ei, resultId: second?.result_id ?? '' };
  const about = { applicationId: second?.id ?? '', personId: second?.person_id ?? '', reason: 'recorded-wrongly' };
  await service.hear(ResultVoided, { ...of, ...about, voidedOn: '2026-03-02' });
  await service.hear(ResultHoldChanged, { ...of, held: true, changedOn: '2026-03-02' });
  for (const approval of [{}, { approvedOn: '2026-03-02' }])
    await service.hear(DueDayExtended, {
      ...{ kind: 'issue', subjectId: sent.batchId, part: 1, organisationId: desk.ei, ...approval },
      ...{ effectiveDueOn: '2026-05-01', decidedOn: '2026-03-02' },
    });
}

it('shows no row of another institution, whatever the query', async () => {
  const { certificates } = await desk.issued();
  const id = certificates[0]?.id ?? '';
  const correction = { kind: 'typo', changes: { holderName: '王晓明' }, reason: '录入有误' };
  await desk.officer().post(`/certificates/${id}/corrections`, correction);
  const printed = { printer: '济南印务', dueOn: '2026-03-20', items: [{ certificateId: id }] };
  await desk.preparer().post('/print-orders', printed);
  await oneOfEachFact();

  const all = await seen({ reach: 'province', permissions: [] });
  const own = await seen({ reach: 'organisation', organisationId: desk.ei, permissions: [] });
  const others = await Promise.all([
    seen({ reach: 'organisation', organisationId: desk.otherEi, permissions: [] }),
    seen({ reach: 'public', permissions: [] }),
    seen({ reach: 'none', permissions: [] }),
  ]);

  expect(Object.keys(all).length).toBeGreaterThan(12);
  const { issue_hold: holds, ...held } = all;
  expect([holds, Object.entries(held).filter(([, n]) => n < 1)]).toEqual([0, []]);
  expect(own).toEqual({ ...all, proposal: 0 });
  for (const other of others) expect(Object.entries(other).filter(([, n]) => n !== 0)).toEqual([]);
});

it('tells whoever asks across institutions only who and which result is in the way', async () => {
  const { batchId } = await desk.issued();
  const [row] = await desk.rowsOf(batchId);
  const { occupation_code, direction, level } =
    (
      await service.query<Record<string, string>>('select occupation_code, direction, level from batch where id = $1', [
        batchId,
      ])
    )[0] ?? {};

  const found = await service.acting({ reach: 'organisation', organisationId: desk.otherEi, permissions: [] }, () =>
    service.db.read('select * from standing(array[$1::uuid], array[]::uuid[], $2, $3, $4)', [
      ...[row?.person_id, occupation_code, direction, level],
    ]),
  );

  expect(found).toEqual([{ person_id: row?.person_id, result_id: row?.result_id }]);
});
