import { steps } from '@shuzheng/all-in-one';
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { aFiledPlan, aLearner, ANNOUNCEMENT, aPlan, enrolling } from '../scenarios/a-class.js';
import { Scene } from '../scenarios/scene.js';
import type { Bench, Finding } from './bench.js';
import type { Scale } from './rounds.js';

const script = fileURLToPath(new URL('start-laptop.mjs', import.meta.url));
const GOALS = { mb: 350, growth: 1.1 };
const ENROLMENTS = 100_000;
/** The most that one request may bring, and one class take. */
const AT_ONCE = 500;
const SEATS = 10_000;
const STARTS = 60;

/** What the one process of a registry holds in memory; PostgreSQL is a process of its own. */
export const memory: Bench = {
  id: 'P14',
  what: `memory of the all-in-one process after the journey, and after ${ENROLMENTS.toLocaleString('en')} enrolments through its interface. The ratio is of the limit`,
  goal: `≤ 1.00: ≤ ${GOALS.mb} MB resident, and in the second half no more than ${Math.round((GOALS.growth - 1) * 100)} % above the first`,
  before: 'a process of Nest after its start: 114 MB',
  async run(scale) {
    const folder = mkdtempSync(join(tmpdir(), 'shuzheng-bench-memory-'));
    chmodSync(folder, 0o711);
    const registry = await start(folder);
    try {
      return await measured(registry, folder, scale);
    } finally {
      await registry.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function measured(registry: Registry, folder: string, { size }: Scale): Promise<Finding> {
  const scene = new Scene(registry.url, { keys: registry.keys, folder });
  const begun = await registry.resident();
  // A hundredth of the work needs the province, not the whole journey.
  for (const [i, step] of steps.slice(0, size < 1 ? 4 : undefined).entries()) {
    scene.world.begin(i + 1);
    await step.run(scene.world);
  }
  const travelled = await registry.resident();
  await scene.at(STARTS + 13);
  const marks: number[] = [];
  const [all, every] = [ENROLMENTS * size, (ENROLMENTS * size) / 10];
  let [planId, classId] = ['', ''];
  for (let enrolled = 0; enrolled < all;) {
    if (enrolled % SEATS === 0) planId = await aPlanOnFile(scene);
    if (enrolled % AT_ONCE === 0) classId = await aClass(scene, planId);
    const learners = Array.from({ length: Math.min(AT_ONCE, every) }, () => enrolling(aLearner(bornOn(enrolled))));
    await scene.post(scene.training.preparer, `enrollment/classes/${classId}/enrolments`, { learners });
    enrolled += learners.length;
    if (enrolled % every === 0) marks.push(await registry.resident());
  }
  return judged(begun, travelled, marks);
}

function judged(begun: number, travelled: number, marks: readonly number[]): Finding {
  const middle = marks.length >> 1;
  const [first, second] = [Math.max(...marks.slice(0, middle)), Math.max(...marks.slice(middle))];
  const most = Math.max(begun, travelled, ...marks);
  const mb = (bytes: number) => `${Math.round(bytes)} MB`;
  const growth = second / first;
  return {
    ratio: Math.max(most / GOALS.mb, growth / GOALS.growth),
    reached: most <= GOALS.mb && growth <= GOALS.growth,
    lines: [
      `after the start ${mb(begun)}, after the journey ${mb(travelled)}`,
      `after each tenth of the enrolments ${marks.map((one) => Math.round(one)).join(', ')} MB`,
      `most ${mb(most)}; the second half's most is ${growth.toFixed(2)} of the first's`,
    ],
  };
}

/** Only a thousand people have been born in one town on a day. */
const bornOn = (nth: number) => {
  const days = Math.floor(nth / AT_ONCE);
  return `19${60 + (days % 40)}${String(1 + (Math.floor(days / 40) % 12)).padStart(2, '0')}15`;
};

const days = { starts: STARTS, ends: STARTS - 30 };

async function aPlanOnFile(scene: Scene): Promise<string> {
  const planId = await aFiledPlan(scene, days, { plannedSeats: SEATS });
  await scene.post(scene.training.preparer, 'enrollment/announcements', { planId, text: ANNOUNCEMENT });
  return planId;
}

async function aClass(scene: Scene, planId: string): Promise<string> {
  const { startsOn, endsOn } = aPlan(scene, days);
  const body = { planId, name: '第一期', startsOn, endsOn };
  return (await scene.post<{ classId: string }>(scene.training.preparer, 'enrollment/classes', body)).classId;
}

interface Registry {
  readonly url: string;
  readonly keys: string;
  /** In megabytes. */
  resident(): Promise<number>;
  stop(): Promise<void>;
}

/** The built program in a process of its own, as `npm start` runs it: left to itself, V8 lets 300 MB of what nobody needs pile up. */
async function start(folder: string): Promise<Registry> {
  const child = spawn(process.execPath, ['--max-old-space-size=512', script, folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, SHUZHENG_LOG: 'warn' },
  });
  const said = answers(child);
  const [, url = '', keys = ''] = await said('serving');
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    url,
    keys,
    async resident() {
      child.stdin.write('?\n');
      return Number((await said('resident'))[1]) / 1e6;
    },
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}

/** The next line that begins with this word; an end before it is a failure. */
function answers(child: ChildProcess) {
  const lines = child.stdout ? createInterface({ input: child.stdout }) : undefined;
  return (word: string) =>
    new Promise<string[]>((resolve, reject) => {
      const ended = (code: number | null) => reject(new Error(`the registry ended with ${code}`));
      const heard = (line: string) => {
        if (!line.startsWith(`${word} `)) return;
        lines?.off('line', heard);
        child.off('exit', ended);
        resolve(line.split(' '));
      };
      lines?.on('line', heard);
      child.once('exit', ended);
    });
}
