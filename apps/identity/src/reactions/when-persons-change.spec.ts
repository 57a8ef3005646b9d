import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  AccessWithdrawn,
  EnrolmentsWithdrawn,
  LearnersEnrolled,
  PersonAmended,
  PersonsMerged,
} from '@shuzheng/contracts';
import { Personal, sha256 } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import { claimsOf, codesOf, PASSWORD, refusedWithin, Registry } from '../testing/registry.js';

const registry = new Registry();
beforeAll(() => registry.start());
afterAll(() => registry.stop());

let nth = 0;
const indexes = () => new Personal('tests', ['index'], registry.service.config);

/** Somebody with a code, as enrollment announces them. */
async function enrolled(personId = randomUUID()) {
  const [name, documentNumber] = ['欧阳春晓', `E${20_000_000 + nth++}`];
  const [activationCode, enrolmentId, classId] = [randomUUID().slice(0, 8).toUpperCase(), randomUUID(), randomUUID()];
  const organisationId = randomUUID();
  await registry.service.hear(LearnersEnrolled, {
    classId,
    organisationId,
    learners: [
      {
        enrolmentId,
        personId,
        name,
        documentKind: 'passport',
        documentNumber,
        numberIndex: indexes().numberIndex('passport', documentNumber),
        nameIndex: indexes().nameIndex(name),
        activationDigest: sha256(activationCode),
      },
    ],
  });
  const loginName = `learner-${nth++}`;
  const form = { name, documentKind: 'passport', documentNumber, activationCode, loginName, password: PASSWORD };
  return { personId, classId, organisationId, enrolmentId, form };
}
const register = (form: object) => registry.stranger.post('/learners', form);
const merge = (personId: string, mergedPersonId: string) =>
  registry.service.hear(PersonsMerged, { personId, mergedPersonId, mergedAt: '2026-03-02T09:00:00.000+08:00' });
const personOf = async (loginName: string) => claimsOf((await registry.signIn(loginName)).body.accessToken)['person'];

it('lets nobody register with the code of an enrolment that was withdrawn', async () => {
  const { form, classId, organisationId, enrolmentId, personId } = await enrolled();

  await registry.service.hear(EnrolmentsWithdrawn, {
    classId,
    organisationId,
    withdrawnOn: '2026-03-02',
    enrolments: [{ enrolmentId, personId, reason: 'own-wish' }],
  });

  expect(codesOf(await register(form))).toEqual(['activation-unknown']);
});

it('registers under the number that was corrected, no longer under the wrong one', async () => {
  const { form, personId } = await enrolled();
  const documentNumber = `E${20_000_000 + nth++}`;

  await registry.service.hear(PersonAmended, {
    personId,
    version: 2,
    name: '欧阳春小',
    documentKind: 'passport',
    documentNumber,
    numberIndex: indexes().numberIndex('passport', documentNumber),
    nameIndex: indexes().nameIndex('欧阳春小'),
  });

  expect(codesOf(await register(form))).toEqual(['activation-unknown']);
  expect((await register({ ...form, documentNumber, name: '欧阳春小' })).status).toBe(201);
});

it('greets a learner by the name that was corrected, masked, and leaves the name alone where only the number was', async () => {
  const { form, personId } = await enrolled();
  await register(form);
  const me = registry.bearing((await registry.signIn(form.loginName)).body.accessToken);
  const greeted = async () => (await me.get('/me')).body.displayName;
  const amend = (name: string, more: { version: number; maskedName?: string }) =>
    registry.service.hear(PersonAmended, {
      ...{ personId, name, documentKind: 'passport', documentNumber: 'E29999999' },
      numberIndex: indexes().numberIndex('passport', 'E29999999'),
      nameIndex: indexes().nameIndex(name),
      ...more,
    });

  await amend(form.name, { version: 2, maskedName: '欧阳**' });
  expect(await greeted()).toBe('欧阳春晓');
  await amend('司马春晓', { version: 3, maskedName: '司马**' });
  expect(await greeted()).toBe('司马**');
  await amend('欧阳春晓', { version: 4, maskedName: '欧阳**' });
  expect(await greeted()).toBe('欧阳**');
  const last = randomUUID();
  await merge(last, personId);
  await amend('上官春晓', { version: 5, maskedName: '上官**' });
  expect(await greeted()).toBe('上官**');
});

it('lets account and codes follow the person who stays', async () => {
  const [stays, left] = [randomUUID(), await enrolled()];
  const unused = await enrolled(left.personId);
  await register(left.form);

  await merge(stays, left.personId);

  expect(await personOf(left.form.loginName)).toBe(stays);
  expect(codesOf(await register(unused.form))).toEqual(['learner-registered']);
  const later = await enrolled(left.personId);
  expect(codesOf(await register(later.form))).toEqual(['learner-registered']);
  const last = randomUUID();
  await merge(last, stays);
  expect(await personOf(left.form.loginName)).toBe(last);
  expect(
    await registry.service.query('select merged_id, person_id from person_alias where person_id = $1', [last]),
  ).toHaveLength(2);
});

it('closes the second account of one person, at once', async () => {
  const [stays, left] = [await enrolled(), await enrolled()];
  await register(stays.form);
  const { accountId } = (await register(left.form)).body;
  const { accessToken } = (await registry.signIn(left.form.loginName)).body;

  await merge(stays.personId, left.personId);

  expect(await refusedWithin(registry.bearing(accessToken), 2000)).toBe('access-withdrawn');
  expect((await registry.service.announced()).at(-1)).toMatchObject({
    type: AccessWithdrawn.type,
    data: { accountId, organisationId: null },
  });
  expect((await registry.signIn(left.form.loginName)).status).toBe(401);
  expect(await personOf(stays.form.loginName)).toBe(stays.personId);
});
