import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { temporaryFolder } from '../process.js';
import { Drill } from './harness/drill.js';
import { expectAtLeast, expectEqual, type Fault, NotHere } from './harness/fault.js';
import { topics } from './harness/invariants.js';
import { recovered } from './harness/recovery.js';
import { Registry } from './harness/registry.js';

const DISKS = { postgres: '700m', kafka: '300m' } as const;

export const fault: Fault = {
  name: 'disk-full',
  title: "the database's disk full, then the broker's: writes are refused politely, and nothing is half done",
  async run(context) {
    const { say, amount } = context;
    const folder = temporaryFolder('faults-full');
    const mounted = mountAll(folder);
    let registry: Registry | undefined;
    try {
      if (!mounted) throw new NotHere('small file systems can be mounted by root only');
      registry = await Registry.start(say, {}, folder);
      const drill = new Drill(context, registry);
      await drill.load.progress(20);
      for (const part of ['postgres', 'kafka'] as const) {
        await drill.strike();
        const unknownBefore = drill.load.unknown;
        const empty = fill(join(folder, part));
        registry.leftovers.push(empty);
        await pause(amount('full_ms', 30_000, 6000));
        const unknown = drill.load.unknown - unknownBefore;
        if (part === 'postgres') expectAtLeast('writes that were told to come back', 5, unknown);
        else expectEqual("writes that noticed the broker's full disk", 0, unknown);
        empty();
        const ms = await recovered(registry, Date.now());
        await drill.load.progress(20);
        say(`  ${part}: ${unknown} answers asked to come back; works again ${ms} ms after there was room`);
      }
      await drill.conclude({ acked: 50, faults: 2 });
      say(`  ${await topics(registry)} events were sent more than once`);
    } finally {
      await registry?.stop();
      unmountAll(folder);
    }
  },
};

function mountAll(folder: string) {
  return Object.entries(DISKS).every(([name, size]) => {
    const place = join(folder, name);
    mkdirSync(place);
    const options = ['-t', 'tmpfs', '-o', `size=${size},mode=755`, 'none', place];
    return process.getuid?.() === 0 && spawnSync('mount', options).status === 0;
  });
}

function unmountAll(folder: string) {
  for (const name of Object.keys(DISKS)) spawnSync('umount', ['-l', join(folder, name)]);
  if (!process.env['FAULTS_KEEP']) rmSync(folder, { recursive: true, force: true });
}

/** Takes all the room there is, again and again, until the returned function gives it back. */
function fill(place: string) {
  const path = join(place, 'filler');
  const file = openSync(path, 'w');
  const chunk = Buffer.alloc(64 * 1024);
  const take = () => {
    try {
      while (statfsSync(place).bavail > 0) writeSync(file, chunk);
    } catch {
      // It is full.
    }
  };
  take();
  const again = setInterval(take, 50);
  let isFull = true;
  return () => {
    if (!isFull) return;
    isFull = false;
    clearInterval(again);
    closeSync(file);
    rmSync(path);
  };
}
