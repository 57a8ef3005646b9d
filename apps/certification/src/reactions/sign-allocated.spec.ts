import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CertificatesIssued, SigningKeyPublished } from '@shuzheng/contracts';
import { BadConfiguration } from '@shuzheng/platform';
import { asSuperuser } from '@shuzheng/platform/testing';
import { signerOf } from '../data/signing-key.js';
import { codesOf, Desk } from '../testing/desk.js';

const desk = new Desk();
const { service } = desk;
beforeAll(() => desk.open());
afterAll(() => desk.close());

const name = () => new URL(service.config.databaseUrl).pathname.slice(1);

/** From now on, writing to the table fails when the condition holds: as a power cut would, nothing of the transaction stays. */
const breaking = (table: string, condition: string) =>
  asSuperuser(async (client) => {
    await client.query(`create or replace function certification.cut() returns trigger language plpgsql as
      $$ begin if ${condition} then raise exception 'cut'; end if; return new; end $$`);
    await client.query(
      `create trigger cut before insert on certification.${table} for each row execute function certification.cut()`,
    );
  }, name());

const mend = (table: string) =>
  asSuperuser((client) => client.query(`drop trigger cut on certification.${table}`), name());

let hour = 9;
/** Failed timers are tried again later: so it is later. */
async function later() {
  service.clock.set(`2026-03-02T${(hour += 1)}:00:00+08:00`);
  await desk.runTimers();
}

const toldOf = async (batchId: string) =>
  (await desk.announced(CertificatesIssued.type, batchId)).flatMap(
    (event) => event['certificates'] as { rowId: string; registryNumber: string }[],
  );

it.each([
  ['certificate', "new.registry_number like '%-0000301-%'"],
  ['log_entry', 'new.sequence > 250'],
  ['timer', "new.kind = 'sign-allocated' and new.key like '%/2'"],
])(
  'A41 goes on after a cut while writing %s: no number twice, none lost, every one issued',
  async (table, condition) => {
    const { batchId } = await desk.approved({ rows: desk.rows(450) });
    await breaking(table, condition);

    const { body } = await desk.issue(batchId);
    await desk.runTimers();
    const during = await desk.issuer().get(`/issue-runs/${String(body['runId'])}`);
    const written = await toldOf(batchId);
    await mend(table);
    await later();

    expect(during.body.issued).toBe(written.length);
    const told = await toldOf(batchId);
    expect(new Set(told.map(({ rowId }) => rowId)).size).toBe(450);
    expect(told).toHaveLength(450);
    const [ledger] = await service.query(
      `select count(*)::int as numbers, count(distinct serial)::int as serials, max(serial) - min(serial) + 1 as span,
       count(*) filter (where state = 'used')::int as used from ledger where batch_id = $1`,
      [batchId],
    );
    expect(ledger).toEqual({ numbers: 450, serials: 450, span: 450, used: 450 });
    expect((await desk.announced(CertificatesIssued.type, batchId)).map(({ outstanding }) => outstanding)).toEqual([
      250, 50, 0,
    ]);
  },
);

it('A41 leaves no number allocated when the order itself is cut before its commit', async () => {
  const { batchId } = await desk.approved({ rows: desk.rows(3) });
  const before = await service.query('select last_serial from series');
  await breaking('timer', `new.kind = 'sign-allocated'`);

  const { status } = await desk.issue(batchId);
  await mend('timer');

  expect(status).toBe(500);
  expect(await service.query('select last_serial from series')).toEqual(before);
  expect((await desk.rowsOf(batchId)).map(({ state }) => state)).toEqual(['approved', 'approved', 'approved']);
  expect((await desk.issue(batchId)).body).toMatchObject({ allocated: 3 });
});

it('signs the same bytes when it signs again', async () => {
  const { batchId } = await desk.approved();
  await breaking('log_entry', 'true');
  await desk.issue(batchId);
  await desk.runTimers();
  await mend('log_entry');
  await later();

  const [first] = (await desk.issuer().get('/certificates', { batchId })).body.items;
  const credential = (await desk.issuer().get(`/certificates/${first.id}/credential`)).body;
  const [run] = await service.query<{ started_at: string }>('select started_at from issue_run where batch_id = $1', [
    batchId,
  ]);
  expect(credential.proof.created).toMatch(/\+08:00$/);
  expect(credential.proof.created).toBe(run?.started_at);
});

it('A41 gives up a number only with a reason; the row gets another one, and the ledger shows both', async () => {
  const { batchId } = await desk.approved({ rows: desk.rows(2) });
  await breaking('certificate', 'true');
  await desk.issue(batchId);
  await desk.runTimers();
  const { items } = (await desk.approver().get('/ledger', { batchId, state: 'allocated' })).body;

  const voided = await desk.approver().post(`/ledger/${items[0].id}/void`, { reason: '签发前发现数据有误' });
  const again = await desk.approver().post(`/ledger/${items[0].id}/void`, { reason: '再次作废' });
  await mend('certificate');
  await later();
  const used = await desk.approver().post(`/ledger/${items[1].id}/void`, { reason: '已颁发' });
  const foreign = await desk.issuer(desk.otherEi).get('/ledger', { batchId });
  await desk.issue(batchId);
  await desk.runTimers();

  expect([voided.status, codesOf(again), codesOf(used), foreign.body.total]).toEqual([
    201,
    ['number-void'],
    ['number-used'],
    0,
  ]);
  const ledger = (await desk.approver().get('/ledger', { batchId })).body.items as Record<string, unknown>[];
  expect(ledger.map(({ state, voidReason }) => [state, voidReason])).toEqual([
    ['void', '签发前发现数据有误'],
    ['used', null],
    ['used', null],
  ]);
  expect((await toldOf(batchId)).length).toBe(2);
  expect((await desk.rowsOf(batchId)).map(({ state }) => state)).toEqual(['issued', 'issued']);
  const { items: series } = (await desk.approver().get('/ledger/series')).body;
  expect(series).toMatchObject([{ complete: true, void: 1, allocated: 0 }]);
  expect((await desk.issuer().get('/ledger/series')).status).toBe(403);
});

it('keeps a log in which each entry carries the hash of the one before', async () => {
  await desk.issued({ rows: desk.rows(2) });

  const broken = await service.query(
    `select sequence from (select *, lag(hash, 1, repeat('0', 64)) over (order by sequence) as before,
       row_number() over (order by sequence) as nth from log_entry) as entry where previous_hash <> before or sequence <> nth`,
  );
  const [head] = await service.query(
    'select log_head.sequence = max(log_entry.sequence) as whole from log_head, log_entry group by log_head.sequence',
  );

  expect([broken, head]).toEqual([[], { whole: true }]);
  await expect(service.query(`update log_entry set at = at`)).rejects.toThrow('is history');
});

it('publishes its key once', async () => {
  const published = (await service.announced()).filter(({ type }) => type === SigningKeyPublished.type);

  expect(published).toEqual([
    expect.objectContaining({
      data: expect.objectContaining({ publicKey: expect.objectContaining({ crv: 'Ed25519' }) }),
    }),
  ]);
  expect((await service.stranger.get('/keys')).body.items).toMatchObject([{ keyId: published[0]?.data['keyId'] }]);
  expect(JSON.stringify(published)).not.toContain('"d"');
});

it('refuses to sign with a key from a file in production', () => {
  expect(() => signerOf({ keys: service.config.keys, profile: 'production' })).toThrow(BadConfiguration);
});
