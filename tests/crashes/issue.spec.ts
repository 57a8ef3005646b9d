import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { certificates as traced, type Query } from '../faults/harness/certificates.js';
import { deadlines } from '../faults/harness/deadlines.js';
import { adminUrlOf, postmasterOf, remove, Started, temporaryFolder } from '../process.js';

// The issue is killed at each of its named points, on a copy of one registry that stands just before it.
const before = temporaryFolder('issue');
const folders: string[] = [before];
afterAll(() => folders.forEach(remove));

// Killed by itself before the first allocation is committed: no clock of ours could stop it there so surely.
beforeAll(async () => {
  await new Started({ folder: before, env: { SHUZHENG_CRASH_AT: 'allocated-before-commit' } }).killed();
  await gone(before);
}, 180_000);

async function gone(folder: string) {
  for (
    const pid = existsSync(join(folder, 'postgres/data/postmaster.pid')) ? postmasterOf(folder) : 0;
    pid && isAlive(pid);
  ) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function isAlive(pid: number) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Numbers without a gap, each certificate with all that it rests on, each timer fired once: whatever was killed. */
async function invariants(folder: string) {
  const client = new pg.Client(adminUrlOf(folder));
  await client.connect();
  const query: Query = async (text, values = []) => (await client.query(text, [...values])).rows;
  await traced(query);
  // The journey that goes on sets the demonstration's clocks once more, back to where its step began.
  await deadlines(query, '10 min');
  await client.end();
}

interface Numbers {
  readonly items: readonly { readonly registryNumber: string; readonly state: string }[];
}

it.each(['allocated-before-commit', 'allocated', 'signed', 'issued-before-commit'])(
  'A41 killed at %s, it goes on: each number once, none missing',
  async (point) => {
    const folder = temporaryFolder('issue-killed');
    folders.push(folder);
    // With owners and modes: as root, PostgreSQL's data belong to another user.
    execFileSync('cp', ['-a', `${before}/.`, folder]);

    await new Started({ folder, env: { SHUZHENG_CRASH_AT: point } }).killed();
    await gone(folder);
    const again = new Started({ folder });
    await again.arrived();

    const url = await again.url();
    const session = await fetch(`${url}/api/v1/identity/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ loginName: 'demo-hr-officer', password: 'Shuzheng-demo-2026' }),
    });
    const { accessToken } = (await session.json()) as { accessToken: string };
    const ask = async (path: string) =>
      (await (
        await fetch(`${url}/api/v1/certification/${path}`, { headers: { authorization: `Bearer ${accessToken}` } })
      ).json()) as Numbers;
    const certificates = (await ask('certificates?limit=200')).items.map(({ registryNumber }) => registryNumber);
    const ledger = (await ask('ledger?limit=200')).items;
    await invariants(folder);
    await again.stop();

    expect(new Set(certificates).size).toBe(23);
    expect(certificates).toHaveLength(23);
    const serials = ledger.map(({ registryNumber }) => Number(registryNumber.split('-')[2])).sort((a, b) => a - b);
    expect(serials).toEqual(Array.from({ length: ledger.length }, (_, i) => i + 1));
    expect(ledger.filter(({ state }) => state === 'used')).toHaveLength(23);
    expect(ledger.filter(({ state }) => state !== 'used' && state !== 'void')).toEqual([]);
  },
  240_000,
);
