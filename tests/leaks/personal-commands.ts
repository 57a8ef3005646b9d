import type { World } from '@shuzheng/all-in-one';
import { idCheckCharacter } from '@shuzheng/regulation';
import { refusalOf, until } from '../journeys/journey.js';
import type { Needle } from './scanner.js';

const number = (first17: string) => first17 + idCheckCharacter(first17);
const amended = { name: '欧阳改名演', documentNumber: number('37010219920314503'), phone: '13905319876' };
const dishonest = { name: '慕容失信演', documentNumber: number('37020219880808721') };
const unknown = { name: '呼延无此人', documentNumber: number('37030319990909333'), phone: '13705310042' };
const CORRECTED = '上官更正演';

/** Who comes into the registry beyond the roster: by an amendment, a list, a correction, a question or a mistake. */
export const others: readonly Needle[] = [
  { what: 'corrected name', text: CORRECTED },
  ...Object.entries({ amended, dishonest, unknown }).flatMap(([who, values]) =>
    Object.entries(values).map(([which, text]) => ({ what: `${who} ${which}`, text })),
  ),
];

const resident = <Values extends object>(values: Values) => ({ documentKind: 'resident-id', ...values });

/** After the sample journey: the commands that carry personal data and are no part of it, those that are refused, too. */
export async function personalCommands(world: World) {
  const [preparer, officer, examiner] = ['demo-ti-preparer', 'demo-hr-officer', 'demo-ei-preparer'].map((name) =>
    world.as(name),
  ) as [ReturnType<World['as']>, ReturnType<World['as']>, ReturnType<World['as']>];
  const path = `enrollment/classes/${world.recall('class')}`;
  const { items } = await preparer.get<{ items: { id: string }[] }>(`${path}/enrolments`, { limit: '200' });
  const enrolmentId = items[0]?.id ?? '';

  const { amendmentId } = await preparer.post<{ amendmentId: string }>(
    'enrollment/persons/amendments',
    { enrolmentId, changes: resident(amended), reason: '证件已更换', evidenceSha256: 'a'.repeat(64) },
    { key: 'leaks/amend' },
  );
  await world
    .as('demo-hr-approver')
    .post(`enrollment/persons/amendments/${amendmentId}/approve`, {}, { key: 'leaks/approve' });
  await officer.post(
    'assessment/dishonesty',
    { ...resident(dishonest), kind: 'false-promise', decision: '演示决定〔2026〕1号', from: world.daysBack(1) },
    { key: 'leaks/dishonesty' },
  );
  await world
    .as('demo-ti-approver')
    .post(`enrollment/enrolments/${enrolmentId}/hours-proofs`, {}, { key: 'leaks/hours' });
  await examiner.post(
    'certification/print-orders',
    { printer: '演示印制单位', dueOn: world.daysBack(-10), items: [{ certificateId: world.recall('valid') }] },
    { key: 'leaks/print' },
  );

  const late = { ...resident(unknown), education: '本科', employer: '演示单位', category: '在职', retired: false };
  const refused = await Promise.all([
    refusalOf(preparer.post(`${path}/enrolments`, { learners: [late], lateReason: '补录' }, { key: 'leaks/late' })),
    refusalOf(world.stranger.post('identity/learners', registering(), { key: 'leaks/register' })),
  ]);
  await asked(world);
  return refused.map(({ status }) => status);
}

function registering() {
  const { phone: _, ...person } = resident(unknown);
  return { ...person, activationCode: 'AAAAAAAA', loginName: 'leaks-learner', password: 'Shuzheng-leaks-2026' };
}

/** Questions that name somebody: whatever they answer, nothing of it may be kept in the clear. */
async function asked(world: World) {
  const { phone: _, ...person } = resident(unknown);
  await world.as('demo-ti-approver').post('enrollment/persons/lookup', person, { key: 'leaks/person' });
  await world.as('demo-ei-preparer').post('assessment/candidates/lookup', person, { key: 'leaks/candidate' });
  // What was announced must have arrived everywhere before anybody looks for it.
  const ages = () => fetch(`${world.options.url}/metrics`).then((answer) => answer.text());
  await until(ages, (text) => !/^shuzheng_outbox_unsent\{.*\} [1-9]/m.test(text), 'all events have left');
}

const exported = [
  ['demo-ti-preparer', (world: World) => `enrollment/classes/${world.recall('class')}/enrolments`],
  ['demo-ei-preparer', (world: World) => `assessment/sessions/${world.recall('session')}/applications`],
  ['demo-ei-approver', () => 'certification/certificates'],
  ['demo-hr-officer', (world: World) => `certification/batches/${world.recall('batch')}/rows`],
  ['demo-hr-officer', () => 'assessment/dishonesty'],
  ['demo-hr-approver', () => 'enrollment/persons/amendments'],
  ['demo-auditor', () => 'enrollment/operations/audit'],
] as const;

/** The files that lists leave as, and what the process says of itself: how many bytes of each, and all of it. */
export async function exports(world: World): Promise<{ readonly where: string; readonly bytes: Buffer }[]> {
  const { url } = world.options;
  const files = exported.map(async ([login, path]) => ({
    where: `export ${path(world)}`,
    bytes: await world.as(login).download(`${path(world)}?format=csv`),
  }));
  const pages = ['/metrics', '/health/ready', '/', '/api/openapi.json'].map(async (path) => ({
    where: path,
    bytes: Buffer.from(await (await fetch(url + path)).arrayBuffer()),
  }));
  return Promise.all([...files, ...pages]);
}
