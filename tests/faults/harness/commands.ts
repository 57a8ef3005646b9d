import { randomUUID } from 'node:crypto';
import { rosterTemplate, writeWorkbook } from '@shuzheng/workbooks';
import type { Call } from './caller.js';
import type { Answer, Intent } from './journal.js';
import type { Province } from './province.js';
import type { Random } from './random.js';

/** What the load knows of what it has made: the ids that later commands speak of. */
export interface Made {
  readonly classes: string[];
  readonly examPlans: string[];
}

export interface Draft {
  readonly intent: Pick<Intent, 'kind' | 'key' | 'mark' | 'details'>;
  readonly call: Call;
}

interface Which {
  readonly seed: number;
  readonly n: number;
  readonly random: Random;
  readonly province: Province;
  readonly made: Made;
  /** Nothing that rests on what another service has yet to hear. */
  readonly alone: boolean;
}

type Maker = (which: Which) => Draft | undefined;

/** Which command comes next, and how often: most of them concern several services. */
const weights = {
  'open-class': 25,
  'enroll-learners': 29,
  'upload-roster': 6,
  'register-organisation': 15,
  'draft-exam-plan': 12,
  'answer-exam-plan': 11,
  'create-account': 2,
} as const;

export type Kind = keyof typeof weights;
export const kinds = Object.keys(weights) as Kind[];

const makers: Record<Kind, Maker> = {
  'open-class': ({ seed, n, random, province: { planIds, startsOn, endsOn } }) => {
    const name = `演练班 ${tag(seed)}-${n}`;
    return draft('open-class', name, 'demo-ti-preparer', 'enrollment/classes', {
      ...{ planId: random.pick(planIds), name, startsOn, endsOn },
    });
  },
  'enroll-learners': ({ seed, n, random, made }) => {
    if (made.classes.length === 0) return undefined;
    const classId = random.pick(made.classes.slice(-20));
    const mark = `R${tag(seed)}-${n}`;
    const learners = Array.from({ length: random.int(1, 3) }, (_, i) => learner(`${mark}-${i}`, seed, n * 3 + i));
    const path = `enrollment/classes/${classId}/enrolments`;
    return draft('enroll-learners', mark, 'demo-ti-preparer', path, { learners }, { classId });
  },
  'upload-roster': ({ seed, n, made, random }) => {
    if (made.classes.length === 0) return undefined;
    const mark = `W${tag(seed)}-${n}`;
    const path = `enrollment/classes/${random.pick(made.classes.slice(-20))}/rosters`;
    const { intent, call } = draft('upload-roster', mark, 'demo-ti-preparer', path, {});
    const row = rosterRow(learner(`${mark}-0`, seed, n * 3));
    return { intent, call: { ...call, workbook: writeWorkbook(rosterTemplate, [row]) } };
  },
  'register-organisation': ({ seed, n }) => {
    const name = `演练机构 ${tag(seed)}-${n}`;
    const organisation = { name, creditCode: null, cityCode: '370100', role: 'training-institution' };
    return draft('register-organisation', name, 'demo-hr-officer', 'institutions/organisations', organisation);
  },
  'draft-exam-plan': ({ seed, n, province }) => {
    const site = `演练考点 ${tag(seed)}-${n}`;
    const { world, planIds, evaluation } = province;
    return draft('draft-exam-plan', site, 'demo-ti-preparer', 'enrollment/exam-plans', {
      trainingPlanId: planIds[0],
      evaluationOrganisationId: evaluation,
      examFrom: world.daysBack(82),
      examTo: world.daysBack(80),
      site,
      plannedSeats: 30,
    });
  },
  'answer-exam-plan': ({ made, alone }) => {
    const planId = alone ? undefined : made.examPlans.shift();
    if (!planId) return undefined;
    const path = `assessment/exam-plans/${planId}/answer`;
    return draft('answer-exam-plan', planId, 'demo-ei-approver', path, { version: 1, consented: true }, { planId });
  },
  'create-account': ({ seed, n, province: { evaluation } }) => {
    const loginName = `drill-${tag(seed)}-${n}`;
    return draft('create-account', loginName, 'demo-admin', 'identity/accounts', {
      loginName,
      displayName: '演练人员',
      password: 'Shuzheng-drill-2026',
      organisationId: evaluation,
      roles: ['evaluation-preparer'],
    });
  },
};

/** The next command of a writer, by chance; what is not possible yet is replaced by what always is. */
export function nextDraft(which: Which): Draft {
  const kind = which.random.weighted(weights);
  const made = makers[kind](which) ?? makers['open-class'](which);
  if (!made) throw new Error('a class can always be opened');
  return made;
}

/** What an acknowledged command has made. */
export function remember(made: Made, kind: string, answer: Answer) {
  if (kind === 'open-class') made.classes.push(String(answer['classId']));
  if (kind === 'draft-exam-plan') made.examPlans.push(String(answer['planId']));
}

function draft(kind: Kind, mark: string, as: string, path: string, body: object, details: Intent['details'] = {}) {
  const key = `fault-${randomUUID()}`;
  return { intent: { kind, key, mark, details }, call: { as, path, body, key } };
}

/** Digits alone could be taken for somebody's phone, which names must not hold. */
const tag = (seed: number) => seed.toString(36);

// Each has a phone of their own: two of one name with one phone may be one person, and thousands would be millions of pairs.
const learner = (reference: string, seed: number, nth: number) => ({
  reference,
  name: '演练学员',
  documentKind: 'passport',
  documentNumber: `F${seed % 100_000}${String(nth).padStart(7, '0')}`,
  phone: `138${String(nth).padStart(8, '0')}`,
  education: 'bachelor',
  employer: '演练单位',
  category: 'employed',
  retired: false,
});

const rosterRow = ({ reference, name, documentNumber, phone }: ReturnType<typeof learner>) => ({
  ...{ reference, name, documentKind: '护照', documentNumber, phone },
  ...{ education: '大学本科', workplace: '演练单位', personKind: '在职', retired: '否' },
});
