import { DEMO_PASSWORD } from '@shuzheng/all-in-one';
import { idCheckCharacter } from '@shuzheng/regulation';
import { type Institution, onceHeard, type Scene, until } from './scene.js';

export const SUBJECT = {
  ...{ occupationCode: '2-02-38-05', edition: '2021年版', level: 'junior', direction: '智能装备与产线应用' },
} as const;

export const ANNOUNCEMENT = '智能制造工程技术人员（初级）培训公告';

export interface Learner {
  readonly reference: string;
  readonly name: string;
  readonly documentKind: string;
  readonly documentNumber: string;
  readonly loginName: string;
}

export interface TrainingClass {
  readonly by: Institution;
  readonly planId: string;
  readonly classId: string;
  readonly learners: readonly Learner[];
  /** By the learner's reference. */
  readonly enrolments: ReadonlyMap<string, string>;
  readonly starts: number;
  readonly ends: number;
}

interface ClassOptions {
  readonly by?: Institution;
  readonly learners?: number;
  /** The first and the last day, so many days ago. */
  readonly starts?: number;
  readonly ends?: number;
}

let born = 0;
/** Somebody new, every time; born on that day. */
export function aLearner(bornOn = '19900101'): Learner {
  const n = ++born;
  const body = `370102${bornOn}${String(n).padStart(3, '0').slice(-3)}`;
  const name = `学员${'甲乙丙丁戊己庚辛壬癸'.charAt(n % 10)}${'子丑寅卯辰巳午未申酉戌亥'.charAt(n % 12)}`;
  const documentNumber = body + idCheckCharacter(body);
  return { reference: `R-${n}`, name, documentKind: 'resident-id', documentNumber, loginName: `learner-${n}` };
}

export const enrolling = ({ loginName: _, ...learner }: Learner, more: object = {}) => ({
  ...learner,
  ...{ phone: `139${String(born).padStart(8, '0')}`, education: 'bachelor', employer: '示例智能产线有限公司' },
  ...{ category: 'employed', retired: false, ...more },
});

export const aPlan = (scene: Scene, { starts = 135, ends = 100 }: ClassOptions = {}) => ({
  ...{ subject: SUBJECT, plannedSeats: 30, startsOn: scene.day(starts), endsOn: scene.day(ends) },
  ...{
    venueCityCode: '370100',
    venueAddress: '济南市历下区演示路 1 号',
    courseBook: '培训教程',
    outlineEdition: '演示',
  },
});

export async function aFiledPlan(scene: Scene, options: ClassOptions = {}, more: object = {}): Promise<string> {
  const { preparer, head } = options.by ?? scene.training;
  const plan = { ...aPlan(scene, options), ...more };
  const { planId } = await scene.post<{ planId: string }>(preparer, 'enrollment/training-plans', plan);
  const file = () => scene.post(head, `enrollment/training-plans/${planId}/file`);
  // A new institution's entry in the directory may still be on its way.
  await onceHeard(file, 'directory-occupation');
  return planId;
}

/** A class that is running since its first day. */
export async function aRunningClass(scene: Scene, options: ClassOptions = {}): Promise<TrainingClass> {
  const { by = scene.training, learners: count = 1, starts = 135, ends = 100 } = options;
  await scene.at(starts + 13);
  const planId = await aFiledPlan(scene, { by, starts, ends });
  await scene.post(by.preparer, 'enrollment/announcements', { planId, text: ANNOUNCEMENT });
  const { classId } = await scene.post<{ classId: string }>(by.preparer, 'enrollment/classes', {
    ...{ planId, name: '第一期', startsOn: scene.day(starts), endsOn: scene.day(ends) },
  });
  const learners = Array.from({ length: count }, () => aLearner());
  const { ids } = await scene.post<{ ids: { reference: string; enrolmentId: string }[] }>(
    ...[by.preparer, `enrollment/classes/${classId}/enrolments`],
    { learners: learners.map((learner) => enrolling(learner)) },
  );
  await scene.at(starts);
  await scene.post(by.preparer, `enrollment/classes/${classId}/start`);
  const enrolments = new Map(ids.map(({ reference, enrolmentId }) => [reference, enrolmentId]));
  return { by, planId, classId, learners, enrolments, starts, ends };
}

/** Everybody who is still there was taught and has passed; the class is completed on its last day. */
export async function completeClass(scene: Scene, { by, classId, starts, ends }: TrainingClass) {
  const path = `enrollment/classes/${classId}`;
  await scene.at(ends, '17:00:00');
  const lesson = { reference: 'L1', on: scene.day(starts), mode: 'offline', kind: 'theory', hours: 8 };
  await scene.post(by.preparer, `${path}/lessons`, {
    lessons: [{ ...lesson, topic: '第一单元', teacher: '演示教师' }],
  });
  await scene.post(by.preparer, `${path}/attendance`, { all: true, absentEnrolmentIds: [] });
  const seats = await scene.items<{ id: string }>(by.preparer, `${path}/enrolments`, { state: 'enrolled' });
  const results = seats.map(({ id }) => ({ enrolmentId: id, passed: true }));
  await scene.post(by.preparer, `${path}/completion-results`, { examOn: scene.day(ends), results });
  await scene.post(by.head, `${path}/complete`, { completedOn: scene.day(ends) });
}

/** The learners open accounts with the codes on their slips. */
export async function openAccounts(scene: Scene, { by, classId, learners }: TrainingClass) {
  const path = `enrollment/classes/${classId}/activation-codes`;
  const { codes } = await scene.post<{ codes: { reference: string; code: string }[] }>(by.preparer, path);
  const register = ({ reference, ...learner }: Learner) => {
    const activationCode = codes.find((code) => code.reference === reference)?.code ?? '';
    const body = { ...learner, password: DEMO_PASSWORD, activationCode };
    const key = () => ({ key: `register-${learner.loginName}-${performance.now()}` });
    // Identity may not have heard of the enrolment yet.
    return onceHeard(() => scene.world.stranger.post('identity/learners', body, key()), 'activation-unknown');
  };
  await Promise.all(learners.map(register));
}

/** The plan of the exams after a class, agreed by the evaluation institution and on file. */
export async function anExamPlan(scene: Scene, { by, planId }: TrainingClass, from: number, to: number) {
  const draft = { trainingPlanId: planId, evaluationOrganisationId: scene.evaluation.id, site: '济南市历下区演示考点' };
  const { planId: examPlanId } = await scene.post<{ planId: string }>(by.preparer, 'enrollment/exam-plans', {
    ...{ ...draft, examFrom: scene.day(from), examTo: scene.day(to), plannedSeats: 30 },
  });
  await scene.post(scene.evaluation.head, `assessment/exam-plans/${examPlanId}/answer`, {
    version: 1,
    consented: true,
  });
  await until(
    () => scene.as(by.preparer).get<{ state: string }>(`enrollment/exam-plans/${examPlanId}`),
    ({ state }) => state === 'consented',
    'enrollment has heard of the consent',
  );
  await scene.post(by.head, `enrollment/exam-plans/${examPlanId}/file`);
  return examPlanId;
}
