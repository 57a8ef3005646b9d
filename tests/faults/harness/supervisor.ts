import { setTimeout as pause } from 'node:timers/promises';

/** Something that runs and may be killed: a service's process, PostgreSQL or Kafka. */
export interface Keepable {
  readonly name: string;
  pid(): number;
  /** Resolves when what runs now has ended. */
  ended(): Promise<unknown>;
  /** Starts it anew where it was, and resolves when it serves. */
  start(env?: NodeJS.ProcessEnv): Promise<void>;
}

/** Keeps parts running, as whatever runs the product in earnest would: one that has ended is started again. */
export class Supervisor {
  private stopping = false;
  private readonly parts = new Map<string, Keepable>();
  private readonly held = new Map<string, { until: Promise<void>; release: () => void }>();
  private readonly next = new Map<string, NodeJS.ProcessEnv>();
  private readonly listeners = new Set<(name: string) => void>();
  private readonly loops: Promise<void>[] = [];
  /** How often parts were started again, all of them together. */
  restarted = 0;

  keep(part: Keepable) {
    this.parts.set(part.name, part);
    this.loops.push(this.loop(part));
  }

  get names() {
    return [...this.parts.keys()];
  }

  pid(name: string) {
    return this.part(name).pid();
  }

  /** Ends it the hard way. Resolves with the moment when it is back. */
  async kill(name: string, signal: NodeJS.Signals = 'SIGKILL'): Promise<number> {
    const back = this.back(name);
    process.kill(this.pid(name), signal);
    return back;
  }

  /** Ends it the hard way, and keeps it away until the returned function is called. */
  async takeAway(name: string): Promise<() => Promise<number>> {
    let release = () => {};
    const until = new Promise<void>((resolve) => (release = resolve));
    this.held.set(name, { until, release });
    const gone = this.part(name).ended();
    process.kill(this.pid(name), 'SIGKILL');
    await gone;
    return () => {
      const back = this.back(name);
      release();
      return back;
    };
  }

  /** Lets it live its next life, and only that, with this environment; resolves when it has begun, or has ended before. */
  async restartWith(name: string, env: NodeJS.ProcessEnv): Promise<void> {
    this.next.set(name, env);
    const pid = this.pid(name);
    process.kill(pid, 'SIGKILL');
    while (this.pid(name) === pid) await pause(20);
  }

  /** Whether and how it ended, for who waits for it to end by itself. */
  ended(name: string): Promise<unknown> {
    return this.part(name).ended();
  }

  /** Resolves with the moment when the part has next started again. */
  back(name: string): Promise<number> {
    return new Promise((resolve) => {
      const heard = (which: string) => {
        if (which !== name) return;
        this.listeners.delete(heard);
        resolve(Date.now());
      };
      this.listeners.add(heard);
    });
  }

  stop() {
    this.stopping = true;
    for (const { release } of this.held.values()) release();
  }

  private part(name: string) {
    const part = this.parts.get(name);
    if (!part) throw new Error(`there is no part ${name}`);
    return part;
  }

  private async loop(part: Keepable) {
    while (!this.stopping) {
      await part.ended();
      await this.held.get(part.name)?.until;
      this.held.delete(part.name);
      const env = this.next.get(part.name);
      this.next.delete(part.name);
      await this.startAgain(part, env);
    }
  }

  /** What it needs may be away too, so it is tried until it succeeds. */
  private async startAgain(part: Keepable, env?: NodeJS.ProcessEnv) {
    for (let once = env; !this.stopping; once = undefined) {
      try {
        await part.start(once);
        this.restarted++;
        for (const heard of [...this.listeners]) heard(part.name);
        return;
      } catch {
        await pause(200);
      }
    }
  }
}
