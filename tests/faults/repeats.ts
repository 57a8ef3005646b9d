import { doubler } from './harness/doubler.js';
import { Drill } from './harness/drill.js';
import { expectAtLeast, type Fault } from './harness/fault.js';
import { replayed } from './harness/replay.js';

export const fault: Fault = {
  name: 'repeats',
  title: 'deliveries doubled, batches redelivered, all topics replayed, every projection rebuilt: equal content',
  async run(context) {
    const { say, amount } = context;
    const registry = await context.registry();
    const drill = new Drill(context, registry);
    const doubling = await doubler(registry, context.random.split());
    await drill.load.progress(20);
    await drill.strike();
    await drill.load.progress(amount('commands', 2000, 120), 600_000);
    await doubling.stop();
    await drill.conclude({ acked: 100, faults: 1 });
    const { messages, batches } = doubling.counts;
    say(`  ${messages} messages delivered again, with ${batches} batches among them`);
    expectAtLeast('messages delivered again', 30, messages);

    const { events, tables } = await replayed(registry);
    say(`  ${events} events replayed with cursors and again without; ${tables} tables as before`);
  },
};
