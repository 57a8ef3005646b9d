import {
  CalendarYearPublished,
  ClassCompleted,
  ClassOpened,
  DirectoryEntryRecorded,
  ExamPlanDrafted,
  ExamPlanFiled,
  LearnersEnrolled,
  OrganisationRegistered,
  RuleRecorded,
} from '@shuzheng/contracts';
import { Personal } from '@shuzheng/platform';
import type { Caller, ServiceUnderTest } from '@shuzheng/platform/testing';
import { calendar2026 } from './calendar.js';
import { randomUUID } from 'node:crypto';

export const subject = {
  occupationCode: '2-02-38-05',
  edition: '2021年版',
  level: 'junior',
  direction: '智能装备与产线应用',
};

const preparing = ['sessions:manage', 'sessions:read', 'qualification:decide', 'results:record', 'results:read'];
const approving = [
  'exam-plans:consent',
  'sessions:read',
  'results:record',
  'results:release',
  'results:read',
  'objections:decide',
];

export interface Learner {
  readonly personId: string;
  readonly enrolmentId: string;
  readonly name: string;
  readonly documentNumber: string;
  readonly caller: Caller;
}

/** Never fewer than three, so that a test may call them one by one. */
export type Learners = readonly [Learner, Learner, Learner, ...Learner[]];

/** An evaluation institution, and learners who have finished a class of the same subject. */
export interface World {
  readonly service: ServiceUnderTest;
  readonly evaluationOrganisationId: string;
  readonly trainingOrganisationId: string;
  readonly entryId: string;
  readonly classId: string;
  readonly trainingPlanId: string;
  readonly learners: Learners;
  readonly preparer: Caller;
  readonly approver: Caller;
}

const surnames = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'.split('');

/** Names that differ, without end. */
export const names = (count: number) =>
  Array.from(
    { length: count },
    (_, i) => `${surnames[i % 20]}${'子墨清和云舟明远'[i % 8]}${'一二三四五六七八九十'[i % 10]}`,
  );

export const learnerCaller = (service: ServiceUnderTest, personId: string) =>
  service.as({ permissions: ['applications:apply', 'objections:raise'], reach: 'self', personId });

export async function aWorld(
  service: ServiceUnderTest,
  { people = names(3), completedOn = '2026-02-27' }: { people?: readonly string[]; completedOn?: string } = {},
): Promise<World> {
  const [evaluationOrganisationId, trainingOrganisationId] = [randomUUID(), randomUUID()];
  const [classId, trainingPlanId, entryId] = [randomUUID(), randomUUID(), randomUUID()];
  await hearAnOrganisation(service, evaluationOrganisationId, 'evaluation-institution');
  await hearAnOrganisation(service, trainingOrganisationId, 'training-institution');
  await hearAnEntry(service, { organisationId: evaluationOrganisationId, entryId });
  await hearTheRules(service);
  await service.hear(CalendarYearPublished, calendar2026);
  const learners = people.map((name, i) => aLearner(service, name, i)) as unknown as Learners;
  await hearAClass(service, { classId, trainingPlanId, trainingOrganisationId, learners, completedOn });
  const own = { organisationId: evaluationOrganisationId, reach: 'organisation' } as const;
  return {
    service,
    evaluationOrganisationId,
    trainingOrganisationId,
    entryId,
    classId,
    trainingPlanId,
    learners,
    preparer: service.as({ ...own, accountId: randomUUID(), permissions: preparing }),
    approver: service.as({ ...own, accountId: randomUUID(), permissions: [...approving, 'result-report:file'] }),
  };
}

/** An officer of a city's bureau. */
export const aCityOfficer = (service: ServiceUnderTest, cityCode = '370100') =>
  service.as({
    ...{ reach: 'city', cityCode, organisationId: randomUUID(), accountId: randomUUID() },
    permissions: ['sessions:read', 'patrols:record'],
  });

/** An officer of the department. */
export const anOfficer = (service: ServiceUnderTest) =>
  service.as({
    ...{ reach: 'province', organisationId: randomUUID(), accountId: randomUUID() },
    permissions: ['sessions:read', 'results:read', 'dishonesty:manage'],
  });

/** A setting of the office, for the programme as a whole. */
export const hearASetting = (service: ServiceUnderTest, rule: string, value: object | null) =>
  hearARule(service, rule, value, 'programme');

let learners = 0;
function aLearner(service: ServiceUnderTest, name: string, i: number): Learner {
  const personId = randomUUID();
  const serial = String(++learners).padStart(4, '0');
  const documentNumber = `370102${1980 + (i % 20)}0101${serial}`;
  return { personId, enrolmentId: randomUUID(), name, documentNumber, caller: learnerCaller(service, personId) };
}

const hearAnOrganisation = (service: ServiceUnderTest, organisationId: string, role: string) =>
  service.hear(OrganisationRegistered, {
    organisationId,
    name: role === 'evaluation-institution' ? '海右评价中心' : '泉城智能制造培训中心',
    creditCode: null,
    cityCode: '370100',
    role,
  });

export const hearAnEntry = (
  service: ServiceUnderTest,
  entry: { organisationId: string; entryId: string; from?: string; to?: string | null; levels?: string[] | null },
) =>
  service.hear(DirectoryEntryRecorded, {
    role: 'evaluation',
    occupationCode: subject.occupationCode,
    direction: null,
    levels: null,
    from: '2025-01-01',
    to: null,
    batch: '第一批',
    ...entry,
  });

const ruleIds = new Map<string, string>();

/** A rule as institutions would announce it; null is 待核实. */
export async function hearARule(
  service: ServiceUnderTest,
  rule: string,
  value: object | null,
  scope: string = subject.occupationCode,
) {
  const ruleId = ruleIds.get(rule) ?? randomUUID();
  ruleIds.set(rule, ruleId);
  await service.hear(RuleRecorded, {
    ruleId,
    rule,
    scope,
    edition: null,
    level: null,
    value,
    from: '2021-02-03',
    to: null,
    document: '人社厅发〔2021〕10号',
    article: '评价方式',
    confidence: 'T2',
  });
}

export async function hearTheRules(service: ServiceUnderTest) {
  await hearARule(service, 'pass-marks', { theory: 60, ability: 60, maximum: 100 });
  await hearARule(service, 'conditions', {
    items: [
      { number: 1, text: '取得技术员职称。' },
      { number: 2, text: '具备相关专业大学本科及以上学历（含在读的应届毕业生）。' },
    ],
  });
}

export interface ClassFacts {
  readonly classId: string;
  readonly trainingPlanId: string;
  readonly trainingOrganisationId: string;
  readonly learners: readonly Learner[];
  readonly startsOn?: string;
  readonly completedOn?: string;
  readonly level?: string;
}

/** Learners enter a class and finish it; the first of them without passing its completion exam. */
export async function hearAClass(service: ServiceUnderTest, facts: ClassFacts) {
  const { classId, trainingOrganisationId: organisationId, learners } = facts;
  const personal = new Personal('tests', ['index'], service.config);
  const enrolled = learners.map(({ caller: _caller, ...learner }) => ({
    ...learner,
    documentKind: 'resident-id',
    numberIndex: personal.numberIndex('resident-id', learner.documentNumber),
    nameIndex: personal.nameIndex(learner.name),
    activationDigest: 'a'.repeat(64),
  }));
  const [planId, completedOn] = [facts.trainingPlanId, facts.completedOn ?? '2026-02-27'];
  const about = { classId, planId, organisationId, cityCode: '370100' };
  const taught = { ...subject, level: facts.level ?? subject.level };
  const startsOn = facts.startsOn ?? '2026-02-02';
  await service.hear(ClassOpened, { ...about, subject: taught, name: '智能制造一班', startsOn, endsOn: completedOn });
  await service.hear(LearnersEnrolled, { classId, organisationId, learners: enrolled });
  await service.hear(ClassCompleted, {
    ...about,
    subject: taught,
    completedOn,
    learners: learners.map(({ enrolmentId, personId }, i) => ({ enrolmentId, personId, passed: i > 0, hours: 80 })),
  });
}

export async function anExamPlan(
  { service, trainingOrganisationId, evaluationOrganisationId, trainingPlanId }: World,
  { filed = true, examFrom = '2026-03-01', examTo = '2026-03-20' } = {},
) {
  const planId = randomUUID();
  const version = 1;
  await service.hear(ExamPlanDrafted, {
    planId,
    version,
    organisationId: trainingOrganisationId,
    cityCode: '370100',
    trainingPlanId,
    evaluationOrganisationId,
    subject,
    plannedSeats: 40,
    examFrom,
    examTo,
    site: '济南市考核站点',
  });
  if (filed) await hearFiling(service, { planId, trainingOrganisationId, evaluationOrganisationId });
  return planId;
}

export const hearFiling = (
  service: ServiceUnderTest,
  plan: { planId: string; trainingOrganisationId: string; evaluationOrganisationId: string },
) =>
  service.hear(ExamPlanFiled, {
    planId: plan.planId,
    version: 1,
    organisationId: plan.trainingOrganisationId,
    evaluationOrganisationId: plan.evaluationOrganisationId,
    filedAt: '2026-02-20T10:00:00.000+08:00',
  });
