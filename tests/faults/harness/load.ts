import { setTimeout as pause } from 'node:timers/promises';
import { type Callers, type Call, codeOf, isRefusal, type Reply } from './caller.js';
import { type Draft, type Made, nextDraft, remember } from './commands.js';
import type { Intent, Journal } from './journal.js';
import type { Province } from './province.js';
import type { Random } from './random.js';

export interface LoadOptions {
  readonly callers: Callers;
  readonly province: Province;
  readonly journal: Journal;
  readonly random: Random;
  readonly writers: number;
  /** How long a writer thinks between two commands, at most. */
  readonly thinkMs?: number;
}

/** An answer that promised something else than what a caller may count on while parts are away. */
export interface Impolite {
  readonly kind: string;
  readonly status: number;
  readonly told: string;
}

const GIVE_UP_MS = 180_000;

/** Writers who use the public interface at the same time, write down each intent and each answer, and repeat what nobody answered. */
export class Load {
  private running = true;
  private abandoned = false;
  private n = 0;
  private readonly made: Made = { classes: [], examPlans: [] };
  private readonly work: Promise<void>[];
  /** Commands that were sent and are not answered now. */
  inFlight = 0;
  acked = 0;
  /** Services do not hear of each other now: whoever asked for what rests on that would wait all the time. */
  alone = false;
  unknown = 0;
  readonly refusals: string[] = [];
  readonly impolite: Impolite[] = [];
  /** The longest a command took from its first attempt to its acknowledgement. */
  slowestMs = 0;

  constructor(private readonly options: LoadOptions) {
    this.work = Array.from({ length: options.writers }, () => this.writer(options.random.split()));
  }

  /** Resolves when so many more commands are acknowledged. */
  async progress(commands: number, ms = 60_000) {
    const goal = this.acked + commands;
    for (const end = Date.now() + ms; this.acked < goal; await pause(20)) {
      if (Date.now() > end) throw new Error(`the load stands still: ${this.acked} of ${goal} acknowledged`);
    }
  }

  /** No new command; those under way are repeated until somebody answers them. */
  async stop() {
    this.running = false;
    await Promise.all(this.work);
  }

  /** Leaves everything as it is: the fault has failed, and the next one has a load of its own. */
  async abandon() {
    this.abandoned = true;
    await this.stop();
  }

  counts() {
    const { acked, unknown, slowestMs } = this;
    return `${this.n} commands, ${acked} acknowledged, ${this.refusals.length} refused, ${unknown} unknown and repeated, slowest ${slowestMs} ms`;
  }

  private async writer(random: Random) {
    const { province, thinkMs = 150 } = this.options;
    while (this.running) {
      const n = ++this.n;
      const { made, alone } = this;
      const draft = nextDraft({ seed: this.options.random.seed, n, random, province, made, alone });
      await this.carryOut(n, draft);
      await pause(random.int(0, thinkMs));
    }
  }

  private async carryOut(n: number, { intent, call }: Draft) {
    const { journal } = this.options;
    journal.intent({ n, ...intent });
    const began = Date.now();
    while (!this.abandoned) {
      const reply = await this.send(call);
      if (reply.status >= 200 && reply.status < 300) {
        journal.ack(n, reply.status, reply.body);
        this.slowestMs = Math.max(this.slowestMs, Date.now() - began);
        this.acked++;
        return remember(this.made, intent.kind, reply.body);
      }
      const code = codeOf(reply);
      if (isRefusal(reply) || Date.now() - began > GIVE_UP_MS) {
        journal.refused(n, reply.status, code);
        this.refusals.push(`${intent.kind} ${reply.status} ${code}`);
        return;
      }
      this.note(n, intent, reply, code);
      await pause(100);
    }
  }

  private note(n: number, { kind }: Pick<Intent, 'kind'>, reply: Reply, code: string) {
    if (reply.status >= 400 && reply.status < 500) return;
    this.unknown++;
    this.options.journal.unknown(n, reply.status, reply.reason || code);
    const isPolite = reply.status === 0 || (reply.status === 503 && reply.headers.has('retry-after') && code !== '');
    if (!isPolite) this.impolite.push({ kind, status: reply.status, told: JSON.stringify(reply.body).slice(0, 200) });
  }

  private async send(call: Call) {
    this.inFlight++;
    try {
      return await this.options.callers.call(call);
    } finally {
      this.inFlight--;
    }
  }
}
