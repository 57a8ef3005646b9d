import { UnexpectedAnswer, until } from './client.js';
import { SUBJECT } from './province.js';
import type { Step, World } from './world.js';

const TI = 'demo-ti-preparer';
const HEAD = 'demo-ti-approver';

interface Enrolment {
  readonly id: string;
  readonly maskedName: string;
}

const enrolments = async (world: World) =>
  (
    await world
      .as(TI)
      .get<{ items: Enrolment[] }>(`enrollment/classes/${world.recall('class')}/enrolments`, { limit: '200' })
  ).items;

/** 培训: from the plans on file to the report that is in time. */
export const training: readonly Step[] = [
  {
    title: '培训机构起草并备案培训计划',
    async run(world) {
      await world.moveClocks(world.daysBack(148));
      const { planId } = await world.as(TI).post<{ planId: string }>(
        'enrollment/training-plans',
        {
          subject: SUBJECT,
          plannedSeats: 30,
          startsOn: world.daysBack(135),
          endsOn: world.daysBack(100),
          venueCityCode: '370100',
          venueAddress: '济南市历下区演示路 1 号',
          courseBook: '智能制造工程技术人员（初级）培训教程',
          outlineEdition: '演示',
        },
        { key: world.key() },
      );
      world.remember({ plan: planId });
      await world.as(HEAD).post(`enrollment/training-plans/${planId}/file`, {}, { key: world.key() });
    },
  },
  {
    title: '培训机构商评价机构确定考核计划并备案',
    async run(world) {
      const { planId } = await world.as(TI).post<{ planId: string }>(
        'enrollment/exam-plans',
        {
          trainingPlanId: world.recall('plan'),
          evaluationOrganisationId: world.recall('evaluation'),
          examFrom: world.daysBack(82),
          examTo: world.daysBack(80),
          site: '济南市历下区演示考点',
          plannedSeats: 30,
        },
        { key: world.key() },
      );
      world.remember({ examPlan: planId });
      await world
        .as('demo-ei-approver')
        .post(`assessment/exam-plans/${planId}/answer`, { version: 1, consented: true }, { key: world.key() });
      await until(
        () => world.as(TI).get<{ state: string }>(`enrollment/exam-plans/${planId}`),
        ({ state }) => state === 'consented',
        'enrollment has heard of the consent',
      );
      await world.as(HEAD).post(`enrollment/exam-plans/${planId}/file`, {}, { key: world.key() });
    },
  },
  {
    title: '省厅与济南市局分别出具两份备案回执',
    async run(world) {
      await world.moveClocks(world.daysBack(147));
      for (const officer of ['demo-hr-officer', 'demo-city-officer']) {
        for (const [kind, plan] of [
          ['training', 'plan'],
          ['exam', 'examPlan'],
        ] as const) {
          const path = `enrollment/filings/${world.recall(plan)}/receipts`;
          await world.as(officer).post(path, { kind, version: 1 }, { key: world.key(kind) });
        }
      }
    },
  },
  {
    title: '发布培训公告，开设培训班',
    async run(world) {
      await world.moveClocks(world.daysBack(146));
      const planId = world.recall('plan');
      const text = world.sample('announcement.txt').toString();
      await world.as(TI).post('enrollment/announcements', { planId, text }, { key: world.key() });
      const { classId } = await world
        .as(TI)
        .post<{ classId: string }>(
          'enrollment/classes',
          { planId, name: '智能制造（初级）第一期', startsOn: world.daysBack(135), endsOn: world.daysBack(100) },
          { key: world.key() },
        );
      world.remember({ class: classId });
    },
  },
  {
    title: '上传有误的学员名单',
    async run(world) {
      await world.moveClocks(world.daysBack(140));
      const path = `enrollment/classes/${world.recall('class')}/rosters`;
      const refusal = await world
        .as(TI)
        .post(path, world.sample('roster-30-with-faults.xlsx'), { key: world.key() })
        .then(
          () => undefined,
          (error: unknown) => error,
        );
      if (!(refusal instanceof UnexpectedAnswer) || refusal.status !== 422)
        throw new Error('the wrong roster was not refused');
      const rows = refusal.problem.rows ?? [];
      if (rows.length !== 2)
        throw new Error(`the wrong roster has two wrong rows, and the answer names ${rows.length}`);
      return rows.map(({ row, column, rule, advice }) => `第 ${row} 行「${column}」${rule}，${advice}`).join('；');
    },
  },
  {
    title: '改正后重新上传，30 人入班',
    async run(world) {
      const path = `enrollment/classes/${world.recall('class')}/rosters`;
      const { enrolled } = await world
        .as(TI)
        .post<{ enrolled: number }>(path, world.sample('roster-30.xlsx'), { key: world.key() });
      if (enrolled !== 30) throw new Error(`${enrolled} of 30 were enrolled`);
    },
  },
  {
    title: '开班，登记课次与考勤',
    async run(world) {
      await world.moveClocks(world.daysBack(135));
      const path = `enrollment/classes/${world.recall('class')}`;
      await world.as(TI).post(`${path}/start`, {}, { key: world.key() });
      await world.moveClocks(world.daysBack(101), '18:00:00');
      const lessons = [134, 127, 120, 113, 106].map((back, i) => ({
        reference: `L${i + 1}`,
        on: world.daysBack(back),
        mode: i % 2 === 0 ? 'offline' : 'online',
        kind: i < 3 ? 'theory' : 'practice',
        hours: 16,
        topic: `智能装备与产线应用 第 ${i + 1} 单元`,
        teacher: '演示教师',
      }));
      await world.as(TI).post(`${path}/lessons`, { lessons }, { key: world.key() });
      await world.as(TI).post(`${path}/attendance`, { all: true, absentEnrolmentIds: [] }, { key: world.key() });
    },
  },
  {
    title: '结业考核 28 人合格，办理结业',
    async run(world) {
      await world.moveClocks(world.daysBack(100), '17:00:00');
      const all = await enrolments(world);
      const failing = new Set(all.slice(-2).map(({ id }) => id));
      const results = all.map(({ id }) => ({ enrolmentId: id, passed: !failing.has(id) }));
      const path = `enrollment/classes/${world.recall('class')}`;
      await world
        .as(TI)
        .post(`${path}/completion-results`, { examOn: world.daysBack(100), results }, { key: world.key() });
      await world.as(HEAD).post(`${path}/complete`, { completedOn: world.daysBack(100) }, { key: world.key() });
      const certificates = await world
        .as(HEAD)
        .post<{ issued: number }>(
          `${path}/training-certificates`,
          { issuedOn: world.daysBack(100) },
          { key: world.key() },
        );
      return `颁发培训合格证书 ${certificates.issued} 份`;
    },
  },
  {
    title: '30 日内报送学员名单和培训情况',
    async run(world) {
      await world.moveClocks(world.daysBack(90));
      const report = await world
        .as(HEAD)
        .post<{ onTime: boolean; effectiveDueOn: string }>(
          `enrollment/classes/${world.recall('class')}/training-report`,
          {},
          { key: world.key() },
        );
      return `${report.onTime ? '按时' : '逾期'}，截止 ${report.effectiveDueOn}`;
    },
  },
];
