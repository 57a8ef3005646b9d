import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { allServices, Client, DEMO_PASSWORD, until } from '@shuzheng/all-in-one';
import { type CertificateCredential, isSound, publicKeyFromMultibase, verifyCredential } from '@shuzheng/credentials';
import { rebuild } from '@shuzheng/platform';
import { TEST_SECRET, testDatabase } from '@shuzheng/platform/testing';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { schemaText } from '../papers/schema-text.js';
import { root } from '../process.js';
import { fill, OldRegistry } from './old/registry.js';
import { leaveRequests, type OldRequests } from './old/requests.js';

/** The migration command as a process of its own; answers with its exit code, or the signal that ended it. */
async function migrating({ adminUrl }: OldRegistry, env: Record<string, string> = {}) {
  const { NODE_OPTIONS: _, ...inherited } = process.env;
  const child = spawn(process.execPath, [join(root, 'apps/all-in-one/dist/migrate.js')], {
    env: { ...inherited, ADMIN_DATABASE_URL: adminUrl, DATABASE_SECRET: TEST_SECRET, KAFKA_BROKERS: '', ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  return signal ?? code;
}

const schemasOf = async (adminUrl: string) =>
  Object.fromEntries(
    await Promise.all(allServices.map(async ({ name }) => [name, (await schemaText(adminUrl, name)).split('\n')])),
  ) as Record<string, string[]>;

/** The schemas of a registry that is installed today. */
async function freshSchemas() {
  const fresh = await testDatabase(allServices);
  try {
    return await schemasOf(fresh.adminUrl);
  } finally {
    await fresh.drop();
  }
}

const runs = (old: OldRegistry) =>
  old.behind(async (client) => {
    const lists = allServices.map(({ name }) => `select '${name} ' || name as name from ${name}.migration`);
    const { rows } = await client.query<{ name: string }>(lists.join(' union all '));
    return rows.map(({ name }) => name).sort();
  });

// Where the widening before the first release did not only add: the earlier version's process is refused these
// writes from the migration until its replacement has started. Nothing may be added here.
const contracted = [
  'certification.correction',
  'certification.reply_row',
  'certification.revocation',
  'oversight.clock',
  'oversight.stage',
];

const old = new OldRegistry();
const left: { requests?: OldRequests } = {};
beforeAll(async () => {
  await old.restore();
  left.requests = await leaveRequests(old);
}, 60_000);
afterAll(() => old.stop());

describe('a registry that an earlier version left behind', () => {
  it('becomes what is installed today, when two migrate it at the same moment', async () => {
    const ended = await Promise.all([migrating(old), migrating(old)]);

    expect(ended).toEqual([0, 0]);
    expect(await schemasOf(old.adminUrl)).toEqual(await freshSchemas());
    const all = await runs(old);
    expect(new Set(all).size).toBe(all.length);
  }, 60_000);

  it('takes what the earlier version still writes, but for what the first widening took away', async () => {
    const refused: string[] = [];
    await old.behind(async (client) => {
      for (const { name, tables } of old.saved.schemas)
        for (const [table, content] of Object.entries(tables)) {
          await client.query(`begin; set local search_path = ${name}; set local session_replication_role = replica`);
          await fill(client, table, content).catch(() => refused.push(`${name}.${table}`));
          await client.query('rollback');
        }
    });

    expect(refused).toEqual(contracted);
  });

  it('starts, and hears again what the lists of today are made of', async () => {
    await old.start();
    for (const name of ['certification', 'oversight', 'enrollment', 'assessment', 'identity'])
      for (const service of allServices.filter((one) => one.name === name)) await rebuild(service, old.adminUrl);
    const waiting = () =>
      old.behind(async (client) => {
        const lists = allServices.map(
          ({ name }) => `select 1 from ${name}.unsent union all select 1 from ${name}.held`,
        );
        return (await client.query(lists.join(' union all '))).rowCount;
      });

    expect(await until(waiting, (n) => n === 0, 'everything is heard again')).toBe(0);
    const parked = allServices.map(
      ({ name }) => `select '${name}' as name, error from ${name}.cursor where error is not null`,
    );
    expect((await old.behind((client) => client.query(parked.join(' union all ')))).rows).toEqual([]);
    const chain = await as('demo-hr-officer').get<Record<string, number>>('oversight/chain');
    expect(chain).toMatchObject({ filed: 60, completed: 60, entered: 28, passed: 25, confirmed: 23, issued: 23 });
  }, 90_000);

  it('verifies every certificate of the earlier version, and keeps every audit chain whole', async () => {
    const { items } = await as('demo-ei-approver').get<{ items: { id: string; registryNumber: string }[] }>(
      'certification/certificates',
      { limit: '200' },
    );
    const outcomes: string[] = [];
    for (const { id, registryNumber } of items) {
      const path = `certification/certificates/${id}`;
      const { checkCode } = await as('demo-ei-approver').get<{ checkCode: string }>(`${path}/check-code`);
      const found = await new Client(old.url).get<{ outcome: string }>(`verification/certificates/${registryNumber}`, {
        code: checkCode,
      });
      outcomes.push(found.outcome);
    }
    expect(outcomes.sort()).toEqual(['corrected', 'revoked', ...Array<string>(21).fill('valid')]);
    expect(await signatureIsSound(items.find(({ id }) => id === old.saved.progress.known['valid'])?.id ?? '')).toBe(
      true,
    );
    for (const { name } of allServices)
      expect(await as('demo-auditor').get(`${name}/operations/audit-check`)).toEqual({ whole: true, faults: [] });
  }, 60_000);

  it('keeps one waiting request for each certificate in force, and approves it as it was asked for', async () => {
    const { waiting, crowded, revoked } = left.requests as OldRequests;
    const statesOf = async ({ certificateId }: { certificateId: string }) =>
      old.behind(async (client) => {
        const { rows } = await client.query<{ id: string; act: string; state: string }>(
          `select id, act, state from certification.amendment where certificate_id = $1 order by requested_at`,
          [certificateId],
        );
        return rows.map(({ act, state }) => `${act} ${state}`);
      });
    expect(await statesOf(waiting)).toEqual(['correct requested']);
    expect(await statesOf(crowded)).toEqual(['correct withdrawn', 'correct withdrawn', 'revoke requested']);
    expect(await statesOf(revoked)).toEqual(expect.arrayContaining(['correct withdrawn', 'revoke approved']));

    const approve = (path: string, key: string) =>
      as('demo-hr-approver').post(`certification/${path}/approve`, {}, { key });
    await approve(`corrections/${waiting.requestId}`, 'approve-old-correction');
    await approve(`revocations/${crowded.lastId}`, 'approve-old-revocation');

    const stateOf = async (id: string) =>
      (await as('demo-ei-approver').get<{ state: string }>(`certification/certificates/${id}`)).state;
    expect([await stateOf(waiting.certificateId), await stateOf(crowded.certificateId)]).toEqual([
      'corrected',
      'revoked',
    ]);
  });

  it('lets the clock that was running run on to the same day, and stops it with what is reported now', async () => {
    const { class: classId = '' } = old.saved.second;
    const clockOf = async () => {
      const { items } = await as('demo-hr-officer').get<{ items: Clock[] }>('oversight/clocks', { limit: '50' });
      return items.find(({ subjectId }) => subjectId === classId);
    };
    const before = old.saved.schemas
      .find(({ name }) => name === 'oversight')
      ?.tables['clock']?.rows.find((row) => row.includes(classId));
    const running = await clockOf();
    expect(running).toMatchObject({ kind: 'training-report', state: 'running' });
    expect(before).toContain(running?.effectiveDue);

    const path = `enrollment/classes/${classId}/training-report`;
    const filed = await as('demo-ti-approver').post<{ onTime: boolean }>(path, {}, { key: 'after-the-upgrade' });

    expect(filed.onTime).toBe(true);
    expect(await until(clockOf, (clock) => clock?.state !== 'running', 'the clock stops')).toMatchObject({
      state: 'stopped-on-time',
    });
  }, 60_000);

  it('suspends a certificate of the earlier version, which the earlier version could not', async () => {
    const id = old.saved.progress.known['valid'] ?? '';
    const { suspensionId } = await as('demo-hr-officer').post<{ suspensionId: string }>(
      `certification/certificates/${id}/suspensions`,
      { reason: 'under-investigation', basis: '核查通知', reviewOn: old.saved.progress.today.replace(/^\d+/, '2099') },
      { key: 'suspend-after-upgrade' },
    );
    const approve = `certification/suspensions/${suspensionId}/approve`;
    await as('demo-hr-approver').post(approve, {}, { key: 'approve-after-upgrade' });

    const found = await until(
      () => as('demo-ei-approver').get<{ state: string }>(`certification/certificates/${id}`),
      ({ state }) => state === 'suspended',
      'it is suspended',
    );
    expect(found.state).toBe('suspended');
  });
});

describe('a migration that is killed', () => {
  // Every how many migrations: each one in the long form.
  const step = Number(process.env['SHUZHENG_KILL_EVERY'] ?? 12);
  const killed = new OldRegistry();
  beforeAll(() => killed.restore(), 60_000);
  afterAll(() => killed.stop());

  it('leaves nothing half done, and goes on where it stopped until all has run', async () => {
    let ran = (await runs(killed)).length;
    let kills = 0;
    while ((await migrating(killed, { SHUZHENG_CRASH_AT: `migrating:${step}` })) === 'SIGKILL') {
      kills += 1;
      // All but the one in whose middle it was killed.
      expect((await runs(killed)).length).toBe(ran + step - 1);
      ran += step - 1;
    }

    expect(kills).toBeGreaterThan(1);
    expect(await schemasOf(killed.adminUrl)).toEqual(await freshSchemas());
  }, 900_000);
});

interface Clock {
  readonly kind: string;
  readonly subjectId: string;
  readonly state: string;
  readonly effectiveDue: string;
}

const clients = new Map<string, Client>();
function as(loginName: string) {
  const client = clients.get(loginName) ?? new Client(old.url, { loginName, password: DEMO_PASSWORD });
  clients.set(loginName, client);
  return client;
}

async function signatureIsSound(id: string) {
  const path = `certification/certificates/${id}/credential`;
  const credential = await as('demo-ei-approver').get<CertificateCredential>(path);
  const { items } = await new Client(old.url).get<{ items: { keyId: string }[] }>('certification/keys');
  const key = publicKeyFromMultibase(items[0]?.keyId ?? '');
  return key !== undefined && isSound(verifyCredential(credential, key));
}
