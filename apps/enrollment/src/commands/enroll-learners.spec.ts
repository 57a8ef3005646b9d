import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { LearnersEnrolled } from '@shuzheng/contracts';
import { sha256 } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import { aTrainingPlan, codesOf, faultsOf, itemsOf, must, World } from '../testing/world.js';

const world = new World();
beforeAll(() => world.start());
afterAll(() => world.stop());

const { service } = world;
type Learner = ReturnType<World['aLearner']>;
const enroll = (classId: string, learners: object[], organisationId = world.training) =>
  world.preparerOf(organisationId).post(`/classes/${classId}/enrolments`, { learners });

async function anotherInstitution() {
  const organisationId = randomUUID();
  await world.institution(organisationId);
  await world.entry({ organisationId });
  return organisationId;
}

it('enrols learners through the interface, tied to the caller’s references', async () => {
  const classId = await world.openClass();
  const [first, second] = [world.aLearner(), world.aLearner({ reference: undefined })];

  const body = must(await enroll(classId, [first, second]));

  expect(body).toEqual({
    enrolled: 2,
    ids: [
      { reference: first.reference, enrolmentId: expect.any(String) },
      { reference: null, enrolmentId: expect.any(String) },
    ],
    warnings: [],
  });
  const { body: listed } = await world.preparerOf().get(`/classes/${classId}/enrolments`);
  expect(listed.items[0]).toMatchObject({
    id: body.ids[0].enrolmentId,
    place: 1,
    reference: first.reference,
    maskedName: '学**',
    maskedNumber: expect.stringMatching(/^370102\*{8}....$/),
    maskedPhone: expect.stringMatching(/^139\*{4}\d{4}$/),
    state: 'enrolled',
    hours: 0,
    certified: false,
  });
});

it('takes a number whose form is only recalled, and shows that it is 待核实', async () => {
  const classId = await world.openClass();
  const odd = world.aLearner({ documentKind: 'passport', documentNumber: 'AB1' });

  const body = must(await enroll(classId, [world.aLearner(), odd]));

  expect(body).toMatchObject({
    enrolled: 2,
    warnings: [
      {
        reference: odd.reference,
        row: 2,
        column: 'documentNumber',
        rule: 'document-form-unverified',
        advice: expect.stringContaining('待核实'),
      },
    ],
  });
  expect(JSON.stringify(body)).not.toContain('AB1');
  const { body: listed } = await world.preparerOf().get(`/classes/${classId}/enrolments`);
  expect(listed.items).toMatchObject([{ warnings: [] }, { warnings: [expect.stringContaining('待核实')] }]);
});

it('tells all faults of all rows at once, with references, and nothing personal', async () => {
  const classId = await world.openClass();
  const good = world.aLearner();
  const bad = [
    world.aLearner({ documentNumber: '370102199001010010', reference: 'bad-1' }),
    world.aLearner({ retired: true, phone: '123', reference: 'bad-2' }),
    { ...good, reference: 'bad-3' },
  ];

  const { status, body } = await enroll(classId, [good, ...bad]);

  expect(status).toBe(422);
  expect(faultsOf({ body }).map(({ advice: _, ...fault }) => fault)).toEqual([
    { reference: 'bad-1', row: 2, column: 'documentNumber', rule: 'document-check-digit' },
    { reference: 'bad-2', row: 3, column: 'phone', rule: 'phone-length' },
    { reference: 'bad-2', row: 3, column: 'retired', rule: 'retired-excluded' },
    { reference: 'bad-3', row: 4, column: 'documentNumber', rule: 'repeated-in-file' },
  ]);
  expect(codesOf({ body })[0]).toBe('roster-rows-wrong');
  const text = JSON.stringify(body);
  for (const { name, documentNumber, phone } of [good, ...bad] as Learner[]) {
    expect(text).not.toContain(name);
    expect(text).not.toContain(documentNumber);
    expect(text).not.toContain(`"${phone}"`);
  }
  expect((await world.preparerOf().get(`/classes/${classId}/enrolments`)).body.total).toBe(0);
});

it('refuses a known number under another name without disclosing the stored one', async () => {
  const learner = world.aLearner({ name: '欧阳清' });
  must(await enroll(await world.openClass({ startsOn: '2026-01-12', endsOn: '2026-01-13' }), [learner]));
  const next = await world.openClass({ startsOn: '2026-01-14', endsOn: '2026-01-15' });

  const { body } = await enroll(next, [{ ...learner, name: '诸葛明' }]);

  expect(body.rows).toMatchObject([{ reference: learner.reference, column: 'name', rule: 'name-differs' }]);
  expect(JSON.stringify(body)).not.toMatch(/欧|阳|清|诸|葛|明[^文]/);
  must(await enroll(next, [{ ...learner, name: ' 欧阳 清 ' }]));
});

it('A12 finds somebody in another institution’s class on the same days, and tells nothing of it', async () => {
  const other = await anotherInstitution();
  const learner = world.aLearner();
  const dates = { startsOn: '2026-01-20', endsOn: '2026-01-25' };
  const theirs = await world.openClass(dates, other);
  must(await enroll(theirs, [learner], other));
  const free = world.aLearner();

  const overlapping = await world.openClass({ startsOn: '2026-01-25', endsOn: '2026-01-30' });
  const { status, body } = await enroll(overlapping, [free, { ...learner, reference: 'mine' }]);
  const after = await world.openClass({ startsOn: '2026-01-26', endsOn: '2026-01-30' });

  expect(status).toBe(422);
  expect(body.rows).toEqual([
    { reference: 'mine', row: 2, column: 'documentNumber', rule: 'overlapping-class', advice: expect.any(String) },
  ]);
  expect(JSON.stringify(body)).not.toContain(theirs);
  expect(JSON.stringify(body)).not.toContain(other);
  expect((await enroll(after, [learner])).status).toBe(201);
});

it('of two institutions that enrol one person on the same days at once, one succeeds', async () => {
  const other = await anotherInstitution();
  const learner = world.aLearner();
  const [mine, theirs] = [await world.openClass(), await world.openClass({}, other)];

  const answers = await Promise.all([enroll(mine, [learner]), enroll(theirs, [learner], other)]);

  expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
  expect(
    await service.query('select count(*)::int as n from enrolment where class_id = any($1::uuid[])', [[mine, theirs]]),
  ).toEqual([{ n: 1 }]);
});

it('shows an institution only the people of its own classes', async () => {
  const other = await anotherInstitution();
  const classId = await world.openClass();
  const { ids } = must(await enroll(classId, [world.aLearner()]));

  const seen = await service.acting({ reach: 'organisation', organisationId: other, permissions: [] }, () =>
    service.db.read('select person.id from person join enrolment on person_id = person.id where enrolment.id = $1', [
      ids[0].enrolmentId,
    ]),
  );

  expect(seen).toEqual([]);
  expect((await enroll(classId, [world.aLearner()], other)).status).toBe(404);
});

it('takes no more than five hundred into one class', async () => {
  const large = await world.openClass({ plannedSeats: 600 });
  must(
    await enroll(
      large,
      Array.from({ length: 500 }, () => world.aLearner()),
    ),
  );
  expect(codesOf(await enroll(large, [world.aLearner()]))).toEqual(['class-full']);
  const last = (await service.announced()).at(-1);
  expect(last?.type).toBe(LearnersEnrolled.type);
  expect(last?.data['learners']).toHaveLength(500);
});

it('gives activation codes whose digests were announced, the same each time, and stores none', async () => {
  const classId = await world.openClass();
  const learner = world.aLearner();
  must(await enroll(classId, [learner]));
  const announced = (await service.announced()).at(-1)?.data['learners'] as { activationDigest: string }[];

  const reveal = async () => must(await world.preparerOf().post(`/classes/${classId}/activation-codes`)).codes;
  const [first] = await reveal();

  expect(first).toEqual({
    enrolmentId: expect.any(String),
    reference: learner.reference,
    maskedName: '学**',
    code: expect.stringMatching(/^[A-Z2-7]{8}$/),
  });
  expect(await reveal()).toEqual([first]);
  expect(announced).toMatchObject([{ activationDigest: sha256(first.code) }]);
  const kept = await service.query('select answer::text from idempotency where answer::text like $1', [
    `%${first.code}%`,
  ]);
  expect(kept).toEqual([]);
  expect((await world.preparerOf(randomUUID()).post(`/classes/${classId}/activation-codes`)).status).toBe(404);
});

it('A20 withdraws a learner with a reason; the row stays, and the learner may come back', async () => {
  const classId = await world.openClass();
  const learner = world.aLearner();
  const { ids } = must(await enroll(classId, [learner]));
  const path = `/enrolments/${ids[0].enrolmentId}/withdraw`;

  expect((await world.preparerOf(randomUUID()).post(path, { reason: 'own-wish' })).status).toBe(404);
  expect((await world.preparerOf().post(path, { reason: 'own-wish' })).status).toBe(201);
  expect(codesOf(await world.preparerOf().post(path, { reason: 'own-wish' }))).toEqual(['enrolment-not-live']);
  must(await enroll(classId, [learner]));
  const seats = itemsOf(await world.preparerOf().get(`/classes/${classId}/enrolments`));
  expect(seats.map(({ state }) => state)).toEqual(['withdrawn', 'enrolled']);
  expect((await world.preparerOf().get(`/classes/${classId}/enrolments`, { state: 'enrolled' })).body.total).toBe(1);
});

it('shows a whole number to the approver for a reason that is kept, and stores the answer nowhere', async () => {
  const learner = world.aLearner();
  const { ids } = must(await enroll(await world.openClass(), [learner]));
  const path = `/enrolments/${ids[0].enrolmentId}/unmask`;

  const { status, body } = await world.approverOf().post(path, { reason: '核对证件' });

  expect([status, body]).toEqual([201, { documentNumber: learner.documentNumber }]);
  expect(await service.query('select reason, organisation_id from unmasking')).toEqual([
    { reason: '核对证件', organisation_id: world.training },
  ]);
  const audit = await service.query('select operation, detail from audit where subject = $1', [
    `enrolment:${ids[0].enrolmentId}`,
  ]);
  expect(audit).toEqual([{ operation: 'enrollment.unmask-number', detail: '{"unmasked":"document-number"}' }]);
  expect(
    await service.query('select 1 from idempotency where answer::text like $1', [`%${learner.documentNumber}%`]),
  ).toEqual([]);
  expect((await world.preparerOf().post(path, { reason: '核对证件' })).status).toBe(403);
  expect((await world.approverOf(randomUUID()).post(path, { reason: '核对证件' })).status).toBe(404);
});

it('lists a class page by page in the order of its roster', async () => {
  const classId = await world.openClass();
  const learners = [world.aLearner(), world.aLearner(), world.aLearner()];
  must(await enroll(classId, learners));
  const list = (query: Record<string, string | number>) =>
    world.preparerOf().get(`/classes/${classId}/enrolments`, { limit: 2, ...query });

  const first = await list({});
  const second = await list({ cursor: first.body.next });

  const references = [...itemsOf(first), ...itemsOf(second)].map(({ reference }) => reference);
  expect(references).toEqual(learners.map(({ reference }) => reference));
  expect([first.body.total, second.body.next]).toEqual([3, null]);
});

it('answers a repeated request with the first receipt', async () => {
  const classId = await world.openClass({ endsOn: aTrainingPlan().endsOn });
  const learners = [world.aLearner()];
  const send = () => world.preparerOf().post(`/classes/${classId}/enrolments`, { learners }, { key: 'the-same-key' });

  const [first, again] = [await send(), await send()];

  expect(again.body).toEqual(first.body);
  expect(first.status).toBe(201);
});
