import { afterAll, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { certificates as traced, type Query } from '../faults/harness/certificates.js';
import { deadlines } from '../faults/harness/deadlines.js';
import { adminUrlOf, postmasterOf, remove, Started, temporaryFolder } from '../process.js';

const folder = temporaryFolder('issue');
afterAll(() => remove(folder));

async function gone() {
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
async function invariants() {
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

/** Where the issue kills itself: no clock of ours could stop it there so surely. */
const points = ['allocated-before-commit', 'allocated', 'signed', 'issued-before-commit', 'issued'];

it('A41 killed at each point of the issue, it goes on from there to the next: each number once, none missing', async () => {
  for (const point of points) {
    await new Started({ folder, env: { SHUZHENG_CRASH_AT: point } }).killed();
    await gone();
  }
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
  await invariants();
  await again.stop();

  expect(new Set(certificates).size).toBe(23);
  expect(certificates).toHaveLength(23);
  const serials = ledger.map(({ registryNumber }) => Number(registryNumber.split('-')[2])).sort((a, b) => a - b);
  expect(serials).toEqual(Array.from({ length: ledger.length }, (_, i) => i + 1));
  expect(ledger.filter(({ state }) => state === 'used')).toHaveLength(23);
  expect(ledger.filter(({ state }) => state !== 'used' && state !== 'void')).toEqual([]);
}, 240_000);
