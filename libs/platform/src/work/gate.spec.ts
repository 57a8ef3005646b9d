import { describe, expect, it } from '@jest/globals';
import { Gate } from './idempotency.js';

describe('the gate', () => {
  it('lets one in at a time, and goes on after a failure', async () => {
    const gate = new Gate();
    let inside = 0;
    const most: number[] = [];
    const work = (fails: boolean) => async () => {
      most.push(++inside);
      await new Promise((resolve) => setTimeout(resolve, 5));
      inside -= 1;
      if (fails) throw new Error('failed');
    };

    const turns = await Promise.allSettled([true, false, true, false].map((fails) => gate.pass('one', work(fails))));

    expect(most).toEqual([1, 1, 1, 1]);
    expect(turns.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled']);
  });

  it('sends away who waits too long, and still lets nobody past the one at work', async () => {
    const gate = new Gate(30);
    let finish = () => {};
    let done = false;
    const first = gate.pass('one', () => new Promise<void>((resolve) => (finish = resolve)).then(() => (done = true)));

    await expect(gate.pass('one', async () => done)).rejects.toMatchObject({ code: 'in-progress' });
    const next = gate.pass('one', async () => done);
    finish();

    expect(await next).toBe(true);
    await first;
  });
});
