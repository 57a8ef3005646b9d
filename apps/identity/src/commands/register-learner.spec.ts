import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { LearnersEnrolled } from '@shuzheng/contracts';
import { Personal, sha256 } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import { claimsOf, codesOf, PASSWORD, Registry } from '../testing/registry.js';

const registry = new Registry();
beforeAll(() => registry.start());
afterAll(() => registry.stop());

const NUMBER = '370102199003070038';
let nth = 0;

/** Somebody with a code, as enrollment announces them. */
async function enrolled({
  name = '欧阳春晓',
  documentNumber = `E${10_000_000 + nth++}`,
  personId = randomUUID(),
} = {}) {
  const { config } = registry.service;
  const indexes = new Personal('tests', ['index'], config);
  const activationCode = randomUUID().slice(0, 8).toUpperCase();
  const learner = {
    enrolmentId: randomUUID(),
    personId,
    name,
    documentKind: 'passport',
    documentNumber,
    numberIndex: indexes.numberIndex('passport', documentNumber),
    nameIndex: indexes.nameIndex(name),
    activationDigest: sha256(activationCode),
  };
  await registry.service.hear(LearnersEnrolled, {
    classId: randomUUID(),
    organisationId: randomUUID(),
    learners: [learner],
  });
  const loginName = `learner-${nth++}`;
  return {
    personId,
    form: { name, documentKind: 'passport', documentNumber, activationCode, loginName, password: PASSWORD },
  };
}
const register = (form: object, key?: string) => registry.stranger.post('/learners', form, key ? { key } : {});

it('opens a learner’s account for the right code, which then reaches its own person and may apply', async () => {
  const { personId, form } = await enrolled();

  const { status, body } = await register(
    { ...form, activationCode: ` ${form.activationCode.toLowerCase().replace(/(....)/, '$1 ')} ` },
    'learner-1',
  );

  expect({ status, body }).toEqual({ status: 201, body: { accountId: expect.any(String) } });
  const session = (await registry.signIn(form.loginName)).body;
  expect(claimsOf(session.accessToken)).toMatchObject({
    sub: body.accountId,
    person: personId,
    reach: 'self',
    perms: ['applications:apply', 'objections:raise', 'own-record:read'],
  });
  expect(session.memberships).toEqual([]);
  expect((await registry.bearing(session.accessToken).get('/me')).body).toMatchObject({
    kind: 'learner',
    displayName: '欧阳春晓',
    organisationId: null,
    permissions: [
      { code: 'applications:apply', title: '申报考核' },
      { code: 'objections:raise', title: '提出成绩异议' },
      { code: 'own-record:read', title: '查看本人记录' },
    ],
  });
  expect((await registry.stranger.post('/sessions/refresh', { refreshToken: session.refreshToken })).status).toBe(201);
});

it('answers a repeat with the same receipt, and everything wrong with one answer that repeats nothing', async () => {
  const { form } = await enrolled();
  const first = await register(form, 'the-same-key');
  expect((await register(form, 'the-same-key')).body).toEqual(first.body);
  const other = (await enrolled()).form;

  const wrong = [
    await register({ ...form, loginName: 'another-name' }), // used
    await register({ ...other, name: '欧阳春晚' }),
    await register({ ...other, documentNumber: 'E00000000' }),
    await register({ ...other, documentKind: 'resident-id', documentNumber: NUMBER }),
    await register({ ...other, activationCode: form.activationCode }),
    await register({ ...other, activationCode: 'AAAAAAAA', loginName: form.loginName, password: 'weak' }),
  ];

  const answers = wrong.map(({ status, body }) => [status, { ...body, correlationId: '' }]);
  expect(answers).toEqual(answers.map(() => answers[0]));
  expect(codesOf(wrong[0] ?? { body: {} })).toEqual(['activation-unknown']);
  const told = JSON.stringify(wrong.map(({ body }) => body));
  for (const value of ['欧阳', NUMBER, 'E00000000', form.activationCode]) expect(told).not.toContain(value);
});

it('tells whoever shows the right code what else is wrong', async () => {
  const { personId, form } = await enrolled();
  await register(form);
  const again = await enrolled({ personId });

  expect(codesOf(await register({ ...again.form, loginName: form.loginName, password: 'weak' }))).toEqual([
    'learner-registered',
    'login-name-taken',
    'password-weak',
  ]);
});

it('uses a code once, though two show it at the same time', async () => {
  const { form } = await enrolled();

  const both = await Promise.all([register(form), register({ ...form, loginName: 'the-other-one' })]);

  expect(both.map(({ status }) => status).sort()).toEqual([201, 422]);
});

it('stops guessing after ten wrong tries for one document number, for an hour of real time', async () => {
  const { form } = await enrolled();
  const guesses = await Promise.all(
    Array.from({ length: 12 }, (_, i) => register({ ...form, activationCode: `GUESS${i}` })),
  );

  expect(guesses.filter(({ status }) => status === 422)).toHaveLength(10);
  const stopped = await register(form);
  expect([stopped.status, stopped.body.code]).toEqual([429, 'too-many-requests']);
  expect(Number(stopped.headers['retry-after'])).toBeGreaterThan(3500);
  expect((await register((await enrolled()).form)).status).toBe(201);

  await registry.service.query(`update activation_try set since = since - interval '1 hour'`);
  expect((await register(form)).status).toBe(201);
});

it('does not forget wrong tries for a refusal that proves nothing', async () => {
  const { form } = await enrolled();
  for (let i = 0; i < 9; i++) await register({ ...form, activationCode: `GUESS${i}` });
  await register((await enrolled()).form, 'a-taken-key');

  const reused = await register({ ...form, activationCode: 'GUESS9' }, 'a-taken-key');

  expect(codesOf(reused)).toEqual(['key-reused']);
  expect((await register({ ...form, activationCode: 'GUESSX' })).status).toBe(429);
});

it('shows activations to nobody, and stores no plain name or number', async () => {
  const { form } = await enrolled({ name: '诸葛清风', documentNumber: 'E76543210' });
  await register(form);

  const all = JSON.stringify([
    await registry.service.query('select * from activation'),
    await registry.service.query('select * from account'),
    await registry.service.query('select scope, answer from idempotency'),
    await registry.service.query('select * from audit'),
    await registry.service.query('select data from event'),
  ]);
  for (const value of ['诸葛清风', 'E76543210', form.activationCode]) expect(all).not.toContain(value);
  const seen = await registry.service.acting({ reach: 'province', permissions: [] }, () =>
    registry.service.db.read('select 1 from activation'),
  );
  expect(seen).toEqual([]);
});
