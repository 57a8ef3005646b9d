import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { codesOf, Desk, each } from '../testing/desk.js';

const desk = new Desk();
const { service } = desk;
beforeAll(() => desk.open());
afterAll(() => desk.close());

const idsOf = ({ certificates }: { certificates: { id: string }[] }) => certificates.map(({ id }) => id);
const order = (items: object[], caller = desk.preparer()) =>
  caller.post('/print-orders', { printer: '济南印务', dueOn: '2026-03-20', items });
const step = (id: string, act: string, ifMatch: number, body: object = {}, caller = desk.preparer()) =>
  caller.post(`/print-orders/${id}/${act}`, body, { ifMatch });
const orderIdOf = ({ body }: { body: { ordered: { orderId: string }[] } }) => body.ordered[0]?.orderId ?? '';
const rulesOf = ({ body }: { body: { refused: { reference: string; rule: string }[] } }) =>
  body.refused.map(({ reference, rule }) => [reference, rule]);

it('A44 warns of an order that is with the printer, and takes another one only with a reason', async () => {
  const [certificateId] = idsOf(await desk.issued());
  const first = orderIdOf(await order([{ certificateId }]));
  await step(first, 'hand-over', 1);

  const warned = await order([{ certificateId, reference: '第 1 份' }]);
  const overridden = await order([{ certificateId, overrideReason: '原件印制有误，须另印' }]);

  expect([warned.status, codesOf(warned)]).toEqual([422, ['print-order-open']]);
  expect(warned.body.rows).toEqual([
    { reference: '第 1 份', rule: 'print-order-open', advice: expect.stringContaining('overrideReason') },
  ]);
  expect(overridden.status).toBe(201);
  const detail = (await desk.preparer().get(`/print-orders/${orderIdOf(overridden)}`)).body;
  expect(detail).toMatchObject({ overrideReason: '原件印制有误，须另印', state: 'asked', steps: [{ state: 'asked' }] });
  const [stored] = await service.query<{ text: string }>(
    'select row_to_json(print_order)::text as text from print_order where id = $1',
    [orderIdOf(overridden)],
  );
  expect(stored?.text).not.toContain('印制有误');
});

it('A44 opens one order, however many ask at the same moment', async () => {
  const [certificateId] = idsOf(await desk.issued());

  const answers = await Promise.all(Array.from({ length: 5 }, () => order([{ certificateId }])));

  expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422, 422]);
  await expect(
    service.query(
      `insert into print_order (id, certificate_id, organisation_id, of_version, copies, printer, due_on, ordered_by, ordered_at)
       select gen_random_uuid(), certificate_id, organisation_id, 1, 1, 'x', due_on, ordered_by, ordered_at
       from print_order where certificate_id = $1`,
      [certificateId],
    ),
  ).rejects.toThrow('print_order_one_open');
});

it('orders many at once and answers item by item', async () => {
  const issued = await desk.issued({ rows: desk.rows(4) });
  const [first, second, third, fourth] = idsOf(issued);
  const [foreign] = idsOf(await desk.issued({ organisationId: desk.otherEi }));
  await desk.amended(second ?? '', 'suspensions');
  await desk.amended(third ?? '', 'revocations');

  const answer = await order([
    ...[first, first, second, third].map((certificateId, i) => ({ certificateId, reference: `${i}` })),
    { certificateId: fourth, reference: '4', copies: 3 },
    { certificateId: foreign, reference: '5' },
    { certificateId: randomUUID(), reference: '6' },
  ]);

  expect(answer.status).toBe(201);
  expect(each(answer.body.ordered).map(({ reference }) => reference)).toEqual(['0', '4']);
  expect(rulesOf(answer)).toEqual([
    ['1', 'certificate-repeated'],
    ['2', 'certificate-suspended'],
    ['3', 'certificate-revoked'],
    ['5', 'certificate-unknown'],
    ['6', 'certificate-unknown'],
  ]);
});

it('follows an order from the request to its holder, and keeps every step', async () => {
  const [certificateId] = idsOf(await desk.issued());
  const id = orderIdOf(await order([{ certificateId, copies: 2 }]));

  for (const [i, act] of ['hand-over', 'send', 'deliver'].entries()) await step(id, act, i + 1);

  const { body } = await desk.preparer().get(`/print-orders/${id}`);
  expect(body).toMatchObject({
    ...{ state: 'delivered', version: 4, copies: 2, printer: '济南印务', dueOn: '2026-03-20', overrideReason: null },
    ...{ status: { title: '已送达', waitsFor: null, dueOn: null }, maskedName: '王**' },
  });
  expect(each(body.steps).map(({ state }) => state)).toEqual([...['asked', 'with-printer', 'sent', 'delivered']]);
  expect((await order([{ certificateId }])).status).toBe(201);
  const { entries } = (await desk.preparer().get(`/certificates/${certificateId}/history`)).body;
  expect(each(entries).map(({ what }) => what)).toContain('print-delivered');
});

it('cancels or takes back with a reason, and goes no way that is not there', async () => {
  const [one, other] = idsOf(await desk.issued({ rows: desk.rows(2) }));
  const [first, second] = [
    orderIdOf(await order([{ certificateId: one }])),
    orderIdOf(await order([{ certificateId: other }])),
  ];

  const tooEarly = await step(first, 'deliver', 1);
  const stale = await step(first, 'hand-over', 7);
  const cancelled = await step(first, 'cancel', 1, { reason: '改用电子证书' });
  await step(second, 'hand-over', 1);
  await step(second, 'send', 2);
  const returned = await step(second, 'return', 3, { reason: '地址有误' });
  const over = [await step(first, 'send', 2), await step(second, 'send', 4)];

  expect(codesOf(tooEarly)).toEqual(['print-state-wrong']);
  expect([stale.status, stale.body.code]).toEqual([409, 'stale-version']);
  expect([cancelled.body.state, returned.body.state]).toEqual(['cancelled', 'returned']);
  expect(over.map((answer) => codesOf(answer))).toEqual(Array(2).fill(['print-state-wrong']));
  const { steps } = (await desk.preparer().get(`/print-orders/${second}`)).body;
  expect(each(steps).at(-1)).toMatchObject({ state: 'returned', reason: '地址有误' });
});

it('lists by state and due day, and nothing of another institution', async () => {
  const [certificateId] = idsOf(await desk.issued());
  const id = orderIdOf(await order([{ certificateId }]));

  const own = await desk.preparer().get('/print-orders', { certificateId: certificateId ?? '', dueBy: '2026-03-20' });
  const early = await desk
    .preparer()
    .get('/print-orders', { certificateId: certificateId ?? '', dueBy: '2026-03-19', state: 'asked' });
  const others = desk.preparer(desk.otherEi);

  expect(own.body.items).toMatchObject([
    { id, state: 'asked', status: { waitsFor: 'evaluation-preparer', dueOn: '2026-03-20' } },
  ]);
  expect([
    early.body.total,
    (await others.get('/print-orders', { certificateId: certificateId ?? '' })).body.total,
  ]).toEqual([0, 0]);
  expect((await others.get(`/print-orders/${id}`)).status).toBe(404);
  expect((await step(id, 'cancel', 1, { reason: '取消' }, others)).status).toBe(404);
});

it('takes no due day that is over', async () => {
  const [certificateId] = idsOf(await desk.issued());
  const late = await desk
    .preparer()
    .post('/print-orders', { printer: '济南印务', dueOn: '2026-03-01', items: [{ certificateId }] });

  expect(codesOf(late)).toEqual(['print-due-in-past']);
});
