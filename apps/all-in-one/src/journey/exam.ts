import { readWorkbook, resultTemplate, rosterTemplate, writeWorkbook } from '@shuzheng/workbooks';
import { documentKinds } from '@shuzheng/regulation';
import { DEMO_PASSWORD, type Step, type World } from './world.js';

const PREPARER = 'demo-ei-preparer';
const HEAD = 'demo-ei-approver';

interface Score {
  readonly name: string;
  readonly absent: boolean;
  readonly theory: number | null;
  readonly ability: number | null;
}

const scoresOf = (world: World) => JSON.parse(world.sample('scores.json').toString()) as Score[];

/** Who applies: those with a score, as the roster names them, each with the login name they choose. */
async function candidates(world: World) {
  const { rows } = await readWorkbook(world.sample('roster-30.xlsx'), rosterTemplate);
  const sitting = new Set(scoresOf(world).map(({ name }) => name));
  return rows
    .map(({ cells }, i) => ({
      loginName: `demo-learner-${String(i + 1).padStart(2, '0')}`,
      reference: cells['reference'] ?? '',
      name: cells['name'] ?? '',
      documentKind: documentKinds.find(({ name }) => name === cells['documentKind'])?.code ?? 'resident-id',
      documentNumber: cells['documentNumber'] ?? '',
    }))
    .filter(({ name }) => sitting.has(name));
}

interface Activation {
  readonly codes: readonly { readonly reference: string | null; readonly code: string }[];
}

/** 考核评价: from the session to the report that is in time. */
export const exam: readonly Step[] = [
  {
    title: '评价机构开设考核批次',
    async run(world) {
      await world.moveClocks(world.daysBack(95));
      const { sessionId } = await world.as(PREPARER).post<{ sessionId: string }>(
        'assessment/sessions',
        {
          planId: world.recall('examPlan'),
          theoryOn: world.daysBack(82),
          abilityOn: world.daysBack(80),
          site: '济南市历下区演示考点',
          seats: 30,
        },
        { key: world.key() },
      );
      world.remember({ session: sessionId });
    },
  },
  {
    title: '学员凭激活码开通账号，本人签署告知承诺并申报',
    async run(world) {
      await world.moveClocks(world.daysBack(92));
      const classId = world.recall('class');
      const path = `enrollment/classes/${classId}/activation-codes`;
      const { codes } = await world.as('demo-ti-preparer').post<Activation>(path, {}, { key: world.key() });
      const commitment = await world.stranger.get<{ version: string; sha256: string }>('assessment/commitment');
      const people = await candidates(world);
      for (const person of people) {
        await register(world, person, codes.find(({ reference }) => reference === person.reference)?.code ?? '');
        await world.as(person.loginName).post(
          'assessment/applications',
          {
            sessionId: world.recall('session'),
            classId,
            condition: 2,
            commitmentVersion: commitment.version,
            commitmentSha256: commitment.sha256,
            accepted: true,
          },
          { key: world.key(person.loginName) },
        );
      }
      return `${people.length} 人申报`;
    },
  },
  {
    title: '评价机构资格确认，编排准考证号',
    async run(world) {
      await world.moveClocks(world.daysBack(88));
      const path = `assessment/sessions/${world.recall('session')}`;
      const { items } = await world
        .as(PREPARER)
        .get<{ items: { id: string }[] }>(`${path}/applications`, { limit: '200' });
      const decisions = items.map(({ id }) => ({ applicationId: id, qualified: true }));
      const { qualified } = await world
        .as(PREPARER)
        .post<{ qualified: number }>(`${path}/qualify`, { decisions }, { key: world.key() });
      return `${qualified} 人`;
    },
  },
  {
    title: '考核结束，上传成绩',
    async run(world) {
      await world.moveClocks(world.daysBack(80), '18:00:00');
      const path = `assessment/sessions/${world.recall('session')}`;
      await world.as(PREPARER).post(`${path}/close-exam`, {}, { key: world.key() });
      await world.moveClocks(world.daysBack(75));
      const { rows } = await readWorkbook(await world.as(PREPARER).download(`${path}/admissions.xlsx`), resultTemplate);
      const scores = new Map(scoresOf(world).map((score) => [score.name, score]));
      const filled = rows.map(({ cells }) => {
        const score = scores.get(cells['name'] ?? '');
        return {
          ...cells,
          theory: score?.theory ?? '',
          ability: score?.ability ?? '',
          absent: score?.absent ? '是' : '否',
          misconduct: '否',
        };
      });
      const file = await writeWorkbook(resultTemplate, filled);
      const counts = await world
        .as(PREPARER)
        .post<{ recorded: number; passed: number }>(`${path}/result-files`, file, { key: world.key() });
      return `${counts.recorded} 人，合格 ${counts.passed} 人`;
    },
  },
  {
    title: '另一人发布成绩，30 日内报送证书数据和考核情况',
    async run(world) {
      await world.moveClocks(world.daysBack(70));
      const path = `assessment/sessions/${world.recall('session')}`;
      await world.as(HEAD).post(`${path}/release`, {}, { key: world.key() });
      const report = await world
        .as(HEAD)
        .post<{ reportId: string; rows: number; onTime: boolean; effectiveDueOn: string }>(
          `${path}/result-report`,
          {},
          { key: world.key() },
        );
      world.remember({ resultReport: report.reportId });
      return `${report.rows} 人，${report.onTime ? '按时' : '逾期'}，截止 ${report.effectiveDueOn}`;
    },
  },
];

type Person = Awaited<ReturnType<typeof candidates>>[number];

/** A learner registers with the code on their slip. */
async function register(world: World, { reference: _, ...person }: Person, activationCode: string) {
  const learner = { ...person, password: DEMO_PASSWORD, activationCode };
  await world.stranger.post('identity/learners', learner, { key: world.key(person.loginName) });
}
