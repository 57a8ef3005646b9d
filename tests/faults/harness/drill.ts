import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { acknowledged } from './acknowledged.js';
import { expectAtLeast, expectNone, type FaultContext } from './fault.js';
import { files } from './files.js';
import { invariants } from './invariants.js';
import { Journal } from './journal.js';
import { Load } from './load.js';
import { quiet } from './quiet.js';
import type { Registry } from './registry.js';
import { replayed } from './replay.js';

let drills = 0;

/** Faults under a load: started, harmed, healed, stopped, quiet, and then held against its journal and the invariants. */
export class Drill {
  readonly journal: Journal;
  readonly load: Load;
  /** What was under way when each fault struck. */
  readonly inFlight: number[] = [];

  constructor(
    private readonly context: FaultContext,
    readonly registry: Registry,
    writers = 10,
  ) {
    this.journal = new Journal(join(registry.folder, `journal-${++drills}.jsonl`));
    const { callers, province } = registry;
    this.load = new Load({ callers, province, journal: this.journal, random: context.random, writers });
    registry.leftovers.push(() => this.load.abandon());
  }

  /** Waits until something is under way, and writes down how much. */
  async strike() {
    for (const end = Date.now() + 30_000; this.load.inFlight === 0; await pause(1)) {
      if (Date.now() > end) throw new Error('the load stands still');
    }
    this.inFlight.push(this.load.inFlight);
  }

  /** Stops the load, waits for quiet, and says what was done. Throws when anything is lost, doubled or half done. */
  async conclude(atLeast: { readonly acked: number; readonly faults: number; readonly discards?: boolean }) {
    const { context, registry, load, journal } = this;
    await load.stop();
    const settled = await quiet(registry);
    journal.close();
    const checked = await acknowledged(registry, journal);
    await invariants(registry);
    const kept = await files(registry);
    context.say(`  ${load.counts()}`);
    context.say(`  ${this.inFlight.length} faults with ${this.inFlight.join(' ')} commands under way`);
    context.say(
      `  quiet ${settled} ms after the load; ${checked} acknowledged commands are there once each, and ${kept} files`,
    );
    expectAtLeast('acknowledged commands', atLeast.acked, checked);
    expectAtLeast('faults with work under way', atLeast.faults, this.inFlight.filter((n) => n > 0).length);
    expectNone('refusals that nothing explains', load.refusals);
    expectNone('I12 answers that were no polite refusals', load.impolite);
    // Where there are seconds only, tests/rebuild has it on a registry of its own.
    if (!context.short && !atLeast.discards) await replayed(registry);
  }
}
