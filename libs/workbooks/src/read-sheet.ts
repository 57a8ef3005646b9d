import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { RawRow, SheetAnswer } from './raw-row.js';
import { WorkbookRefused } from './refusal.js';
import { gate } from './worker-gate.js';

/** Beside this file in src and in dist alike: the build copies what it does not compile. */
const workerFile = fileURLToPath(new URL('./sheet-worker.mjs', import.meta.url));
const resourceLimits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 };
const oneOfTwo = gate(2);

export interface SheetTask {
  bytes: Uint8Array;
  width: number;
  maxRows: number;
  maxText: number;
}

/** The rows of the first sheet, read in a thread of its own so that a hostile file costs that thread and nothing else. */
export const readSheet = (task: SheetTask, deadlineMs: number): Promise<RawRow[]> =>
  oneOfTwo(async () => {
    const answer = await ask(task, deadlineMs);
    if ('refused' in answer) throw new WorkbookRefused(answer.refused);
    return answer.rows;
  });

async function ask(task: SheetTask, deadlineMs: number): Promise<SheetAnswer> {
  const worker = new Worker(workerFile, { workerData: task, resourceLimits, execArgv: [], env: {}, stderr: true });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<SheetAnswer>((resolve, reject) => {
      timer = setTimeout(() => reject(new WorkbookRefused('workbook-timeout')), deadlineMs);
      worker.once('message', resolve);
      worker.once('error', (error) =>
        reject(outOfMemory(error) ? new WorkbookRefused('workbook-expands-too-much') : error),
      );
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

const outOfMemory = (error: Error) => 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
