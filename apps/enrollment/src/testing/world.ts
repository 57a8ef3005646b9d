import {
  CalendarYearPublished,
  DirectoryEntryRecorded,
  ExamPlanAnswered,
  OccupationRecorded,
  OrganisationRegistered,
  roles,
  RuleRecorded,
} from '@shuzheng/contracts';
import { type Caller, ServiceUnderTest } from '@shuzheng/platform/testing';
import { idCheckCharacter, seedCalendar } from '@shuzheng/regulation';
import { randomUUID } from 'node:crypto';
import { enrollment } from '../index.js';

export const subject = {
  occupationCode: '2-02-38-05',
  edition: '2021年版',
  level: 'junior',
  direction: '智能装备与产线应用',
};

interface ClassDates {
  readonly startsOn?: string;
  readonly endsOn?: string;
  readonly plannedSeats?: number;
}

/** A training institution, an evaluation institution, the department and the city, and whoever works there. */
export class World {
  readonly service: ServiceUnderTest;
  readonly training = randomUUID();
  readonly evaluation = randomUUID();
  readonly entryId = randomUUID();
  private born = 0;

  constructor(now = '2026-01-05T09:00:00+08:00') {
    this.service = new ServiceUnderTest(enrollment, { now });
  }

  async start() {
    await this.service.start();
    await this.institution(this.training);
    await this.institution(this.evaluation, 'evaluation-institution');
    await this.entry({ entryId: this.entryId, organisationId: this.training });
    await this.entry({ organisationId: this.evaluation, role: 'evaluation' });
    await this.service.hear(OccupationRecorded, {
      occupationCode: subject.occupationCode,
      formerCode: '2-02-07-13',
      name: '智能制造工程技术人员',
      confidence: 'T2',
      source: '测试',
    });
    for (const year of seedCalendar.years) {
      await this.service.hear(CalendarYearPublished, {
        ...year,
        calendar: 'statutory',
        version: 1,
        holidays: [...year.holidays],
        makeUpWorkdays: [...year.makeUpWorkdays],
      });
    }
  }

  stop() {
    return this.service.stop();
  }

  institution(organisationId: string, role = 'training-institution', cityCode = '370100') {
    const name = `机构${organisationId.slice(0, 4)}`;
    return this.service.hear(OrganisationRegistered, { organisationId, name, creditCode: null, cityCode, role });
  }

  entry(more: Partial<DirectoryEntryRecorded> & { organisationId: string }) {
    return this.service.hear(DirectoryEntryRecorded, {
      entryId: randomUUID(),
      role: 'training',
      occupationCode: subject.occupationCode,
      direction: null,
      levels: null,
      from: '2025-01-01',
      to: null,
      batch: '第一批',
      ...more,
    });
  }

  rule(rule: string, value: object | null, more: Partial<RuleRecorded> = {}) {
    return this.service.hear(RuleRecorded, {
      ruleId: randomUUID(),
      rule,
      scope: 'programme',
      edition: null,
      level: null,
      value,
      from: '2022-12-08',
      to: null,
      document: '测试',
      article: '一',
      confidence: 'T',
      ...more,
    });
  }

  preparerOf(organisationId = this.training): Caller {
    return this.service.as({ organisationId, permissions: roles['training-preparer'] });
  }

  approverOf(organisationId = this.training): Caller {
    return this.service.as({ organisationId, permissions: roles['training-approver'] });
  }

  get department(): Caller {
    return this.service.as({ reach: 'province', permissions: roles['department-officer'] });
  }

  cityOfficer(cityCode = '370100'): Caller {
    return this.service.as({ reach: 'city', cityCode, permissions: roles['city-officer'] });
  }

  async draftedPlan(more: object = {}, organisationId = this.training): Promise<string> {
    return must(await this.preparerOf(organisationId).post('/training-plans', aTrainingPlan(more))).planId;
  }

  async filedPlan(more: object = {}, organisationId = this.training): Promise<string> {
    const planId = await this.draftedPlan(more, organisationId);
    must(await this.approverOf(organisationId).post(`/training-plans/${planId}/file`));
    return planId;
  }

  async draftedExamPlan(trainingPlanId: string, more: object = {}): Promise<string> {
    return must(await this.preparerOf().post('/exam-plans', this.anExamPlan(trainingPlanId, more))).planId;
  }

  anExamPlan(trainingPlanId: string, more: object = {}) {
    return {
      trainingPlanId,
      evaluationOrganisationId: this.evaluation,
      examFrom: '2026-03-20',
      examTo: '2026-03-21',
      site: '济南考点',
      plannedSeats: 30,
      ...more,
    };
  }

  answered(planId: string, more: Partial<ExamPlanAnswered> = {}) {
    return this.service.hear(ExamPlanAnswered, {
      planId,
      version: 1,
      evaluationOrganisationId: this.evaluation,
      consented: true,
      reason: null,
      answeredAt: '2026-01-06T09:00:00+08:00',
      ...more,
    });
  }

  /** A class that takes learners. */
  async openClass(dates: ClassDates = {}, organisationId = this.training): Promise<string> {
    const planId = await this.filedPlan(dates, organisationId);
    const preparer = this.preparerOf(organisationId);
    must(await preparer.post('/announcements', { planId, text: '智能制造工程技术人员（初级）培训公告' }));
    const { startsOn, endsOn } = aTrainingPlan(dates);
    return must(await preparer.post('/classes', { planId, name: '第一期', startsOn, endsOn })).classId;
  }

  /** A class in which `seats` learners are taught; the clock stands at its first day. */
  async runningClass(seats = 3, dates: ClassDates = {}) {
    const classId = await this.openClass(dates);
    const learners = Array.from({ length: seats }, () => this.aLearner());
    const { ids } = must(await this.preparerOf().post(`/classes/${classId}/enrolments`, { learners }));
    this.service.clock.set(`${aTrainingPlan(dates).startsOn}T09:00:00+08:00`);
    must(await this.preparerOf().post(`/classes/${classId}/start`));
    return { classId, seats: ids.map(({ enrolmentId }) => enrolmentId) };
  }

  /** A class whose completion exam was on that day: everybody passed but the last. */
  async completedClass(completedOn: string, seats = 3, dates: ClassDates = {}) {
    const running = await this.runningClass(seats, dates);
    const path = `/classes/${running.classId}`;
    this.service.clock.set(`${completedOn}T17:00:00+08:00`);
    const preparer = this.preparerOf();
    must(await preparer.post(`${path}/lessons`, { lessons: [aLesson({ on: aTrainingPlan(dates).startsOn })] }));
    must(await preparer.post(`${path}/attendance`, { all: true, absentEnrolmentIds: [] }));
    const results = running.seats.map((enrolmentId, i) => ({ enrolmentId, passed: i < seats - 1 }));
    must(await preparer.post(`${path}/completion-results`, { examOn: completedOn, results }));
    must(await this.approverOf().post(`${path}/complete`, { completedOn }));
    return running;
  }

  /** Somebody new, every time. */
  aLearner(more: object = {}) {
    const n = ++this.born;
    const body = `37010219900101${String(n).padStart(3, '0')}`;
    return {
      reference: `R-${n}`,
      name: `学员${'甲乙丙丁戊己庚辛壬癸'.charAt(n % 10)}`,
      documentKind: 'resident-id',
      documentNumber: body + idCheckCharacter(body),
      phone: `139${String(n).padStart(8, '0')}`,
      education: 'bachelor',
      employer: '示例智能产线有限公司',
      category: 'employed',
      retired: false,
      ...more,
    };
  }
}

export const aTrainingPlan = (more: object = {}) => ({
  subject,
  plannedSeats: 30,
  startsOn: '2026-01-12',
  endsOn: '2026-02-10',
  venueCityCode: '370100',
  venueAddress: '济南市示例路 1 号',
  courseBook: '培训教程（初级）',
  outlineEdition: '2024',
  ...more,
});

export const aLesson = (more: object = {}) => ({
  reference: 'L1',
  on: '2026-01-12',
  mode: 'offline',
  kind: 'theory',
  hours: 8,
  topic: '第一单元',
  teacher: '陈知远',
  ...more,
});

/** Whatever an answer of this service may say that a test goes on with. */
interface Answered {
  readonly planId: string;
  readonly classId: string;
  readonly reportId: string;
  readonly receiptId: string;
  readonly number: string;
  readonly recorded: number;
  readonly warnings: readonly string[];
  readonly published: boolean;
  readonly announcementId: string;
  readonly amendmentId: string;
  readonly returnId: string;
  readonly ids: readonly [Ids, ...Ids[]];
  readonly codes: readonly [Code, ...Code[]];
}
interface Ids {
  readonly enrolmentId: string;
  readonly lessonId: string;
}
interface Code {
  readonly enrolmentId: string;
  readonly code: string;
}

/** The body of an answer that must have been given. */
export function must({ status, body }: { status: number; body: unknown }): Answered {
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body as Answered;
}

interface Told {
  readonly body: unknown;
}

/** The rules an answer names. */
export const codesOf = ({ body }: Told) =>
  ((body as { reasons?: { code: string }[] }).reasons ?? []).map(({ code }) => code);

/** The rows an answer finds fault with. */
export const faultsOf = ({ body }: Told) => (body as { rows: Record<string, unknown>[] }).rows;

/** What a list answers. */
export const itemsOf = ({ body }: Told) => (body as { items: Record<string, unknown>[] }).items;
