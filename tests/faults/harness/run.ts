import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Fault, type FaultContext, NotHere } from './fault.js';
import { Random } from './random.js';
import { Registry } from './registry.js';

const folder = new URL('../', import.meta.url);

/** Every file of this folder that is no test is one fault; its name is the file's. */
export const faultNames = () =>
  readdirSync(fileURLToPath(folder))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts') && file !== 'main.ts')
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();

export async function faultOf(name: string): Promise<Fault> {
  const { fault } = (await import(new URL(`${name}.ts`, folder).href)) as { fault: Fault };
  return fault;
}

export interface RunOptions {
  readonly seed: number;
  readonly short: boolean;
  readonly say: (line: string) => void;
  readonly env?: NodeJS.ProcessEnv;
}

/** One run of faults, on one registry that is started when the first of them asks for it. */
export class Run {
  private started: Promise<Registry> | undefined;
  private readonly random: Random;

  constructor(private readonly options: RunOptions) {
    this.random = new Random(options.seed);
  }

  async take(fault: Fault) {
    try {
      await fault.run(this.context);
    } finally {
      await (await this.started?.catch(() => undefined))?.cleanUp();
    }
  }

  async end() {
    await (await this.started?.catch(() => undefined))?.stop();
  }

  get registry(): Promise<Registry> {
    return (this.started ??= Registry.start(this.options.say, this.options.env));
  }

  private get context(): FaultContext {
    const { seed, short, say } = this.options;
    return {
      seed,
      short,
      say,
      random: this.random.split(),
      registry: () => this.registry,
      amount: (name, long, brief) => Number(process.env[`FAULTS_${name.toUpperCase()}`] ?? (short ? brief : long)),
    };
  }
}

export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Runs the named faults one after the other; one that fails does not keep the others from running. */
export async function runAll(names: readonly string[], options: RunOptions): Promise<Outcome> {
  const run = new Run(options);
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const { say } = options;
  try {
    for (const name of names) counts[await runOne(run, await faultOf(name), say)]++;
  } finally {
    await run.end();
  }
  return counts;
}

async function runOne(run: Run, fault: Fault, say: RunOptions['say']): Promise<keyof Outcome> {
  const began = Date.now();
  const took = () => `${((Date.now() - began) / 1000).toFixed(0)} s`;
  say(`\n${fault.name}: ${fault.title}`);
  try {
    await run.take(fault);
    say(`passed ${fault.name} (${took()})`);
    return 'passed';
  } catch (error) {
    if (error instanceof NotHere) {
      say(`skipped ${fault.name}: ${error.message}`);
      return 'skipped';
    }
    say(`failed ${fault.name} (${took()}): ${(error as Error).stack}`);
    return 'failed';
  }
}
