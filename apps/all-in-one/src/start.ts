import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { faultOf, log } from '@shuzheng/platform';
import { shanghaiDay } from '@shuzheng/regulation';
import { runJourney, steps } from './journey/journey.js';
import { DEMO_PASSWORD } from './journey/world.js';
import { startDistributed } from './laptop/distributed.js';
import { type Running, startLaptop } from './laptop/laptop.js';

interface StartOptions {
  /** The folder of the checkout. */
  readonly root: string;
  /** Where its data go. */
  readonly folder: string;
  readonly distributed: boolean;
}

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Runs the registry on this machine until it is told to stop, and takes the sample journey through it once. */
export async function start({ root, folder, distributed }: StartOptions): Promise<void> {
  const began = Date.now();
  const running = await (distributed ? startDistributed({ folder, say }) : startLaptop({ folder, say })).catch(giveUp);
  const stop = stopInOrder(running);
  say(`数证已启动：${running.url}（用时 ${((Date.now() - began) / 1000).toFixed(1)} 秒）`);
  await journey(root, folder, running).catch((error: unknown) => {
    complain(error);
    stop(1);
  });
}

async function journey(root: string, folder: string, { url, keys }: Running) {
  const progressFile = join(folder, 'journey.json');
  const before = existsSync(progressFile)
    ? (JSON.parse(readFileSync(progressFile, 'utf8')) as { done: number }).done
    : 0;
  if (before < steps.length) say(before > 0 ? '继续演示流程：' : '装入演示省份，走完一次演示流程：');
  const world = await runJourney({
    url,
    today: shanghaiDay(new Date()),
    progressFile,
    samples: join(root, 'samples'),
    bootstrapCode: () => readFileSync(join(keys, 'bootstrap.code'), 'utf8').trim(),
    say,
  });
  const verifyUrl = new URL(world.recall('verifyUrl'));
  say(`
首页        ${url}/
接口说明    ${url}/api/docs
验证证书    ${url}${verifyUrl.pathname}${verifyUrl.search}
演示账号    demo-ti-manager  demo-ti-preparer  demo-ti-approver（培训机构）
            demo-ei-manager  demo-ei-preparer  demo-ei-approver（评价机构）
            demo-hr-officer  demo-hr-approver  demo-hr-recorder（省厅）  demo-city-officer（市局）
            demo-admin  demo-security  demo-auditor（平台）  demo-learner-01（学员）  口令均为 ${DEMO_PASSWORD}
按 Ctrl-C 停止。`);
}

/** Ctrl-C ends everything in order; a second one does not make it faster, 25 seconds at most do. */
function stopInOrder(running: Running): (code: number) => void {
  let stopping = false;
  const stop = (code: number) => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), 25_000).unref();
    running.close().then(
      () => process.exit(code),
      (error: unknown) => giveUp(error),
    );
  };
  process.on('SIGINT', () => stop(0));
  process.on('SIGTERM', () => stop(0));
  running.ended.then(
    (part) => {
      if (stopping) return;
      say(`${part} 意外结束，正在停止；再次启动会自行恢复。`);
      stop(1);
    },
    () => {},
  );
  return stop;
}

/** One line that says what is wrong; where it arose is shown with SHUZHENG_LOG=info. */
function complain(error: unknown) {
  const { message } = error as { message?: string };
  log.info('could not go on', faultOf(error));
  process.stderr.write(`${message ?? String(error)}\n`);
}

function giveUp(error: unknown): never {
  complain(error);
  process.exit(1);
}
