import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays } from '@shuzheng/regulation';
import { services } from '@shuzheng/contracts';
import { Client } from './client.js';

/** What the journey has learned so far: ids by name. Kept in a file, so that a killed journey goes on where it stopped. */
interface Progress {
  readonly today: string;
  done: number;
  readonly known: Record<string, string>;
}

export interface WorldOptions {
  readonly url: string;
  /** The day the journey ends at. It starts 150 days earlier. */
  readonly today: string;
  /** Where the progress is kept. */
  readonly progressFile: string;
  /** The folder of sample files. */
  readonly samples: string;
  /** Reads the one-time code that makes the first administrator. */
  readonly bootstrapCode: () => string;
  readonly say: (line: string) => void;
}

export const DEMO_PASSWORD = 'Shuzheng-demo-2026';
export const DAYS_BACK = 150;

/** Everything a step of the journey may use. */
export class World {
  readonly progress: Progress;
  private readonly clients = new Map<string, Client>();
  private nth = 0;

  constructor(readonly options: WorldOptions) {
    const { progressFile, today } = options;
    this.progress = existsSync(progressFile)
      ? (JSON.parse(readFileSync(progressFile, 'utf8')) as Progress)
      : { today, done: 0, known: {} };
  }

  get stranger() {
    return new Client(this.options.url);
  }

  as(loginName: string): Client {
    const client = this.clients.get(loginName) ?? new Client(this.options.url, { loginName, password: DEMO_PASSWORD });
    this.clients.set(loginName, client);
    return client;
  }

  begin(step: number) {
    this.nth = step;
  }

  /** The idempotency key of this step; `part` tells several writes of one step apart. */
  key(part?: string | number) {
    return part === undefined ? `journey/${this.nth}` : `journey/${this.nth}/${part}`;
  }

  remember(known: Record<string, string>) {
    Object.assign(this.progress.known, known);
  }

  recall(name: string): string {
    const value = this.progress.known[name];
    if (value === undefined) throw new Error(`the journey does not know ${name} yet`);
    return value;
  }

  save(done: number) {
    this.progress.done = done;
    const { progressFile } = this.options;
    writeFileSync(`${progressFile}.new`, JSON.stringify(this.progress), { mode: 0o600 });
    renameSync(`${progressFile}.new`, progressFile);
  }

  sample(name: string) {
    return readFileSync(join(this.options.samples, name));
  }

  /** The day `n` days before the journey's last one. */
  daysBack(n: number) {
    return addDays(this.progress.today, -n);
  }

  /** Moves every service's clock to that day; demonstrations only. */
  moveClocks(day: string, time = '09:30:00') {
    return this.setClocks(() => `${day}T${time}+08:00`);
  }

  /** The demonstration is over: from here on the clocks tell the real time. */
  moveClocksToNow() {
    return this.setClocks(() => new Date().toISOString());
  }

  private async setClocks(now: () => string) {
    for (const service of services) {
      await this.as('demo-admin').put(`${service}/operations/clock`, { now: now() });
    }
  }
}

export interface Step {
  readonly title: string;
  run(world: World): Promise<string | void>;
}

/** Goes through the steps that are not done yet, and says each one. */
export async function travel(steps: readonly Step[], world: World) {
  for (const [i, step] of steps.entries()) {
    if (i < world.progress.done) continue;
    world.begin(i + 1);
    const said = await step.run(world);
    world.save(i + 1);
    world.options.say(`  ${String(i + 1).padStart(2)}/${steps.length} ${step.title}${said ? `：${said}` : ''}`);
  }
}
