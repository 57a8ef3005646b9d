import { expect, it } from '@jest/globals';
import type { World } from '@shuzheng/all-in-one';
import { Client, outcome, refusalOf, until } from './journey.js';

const DEPARTMENT = '00000000-0000-4000-8000-000000370000';

interface Travelled {
  readonly world: World;
  readonly said: readonly string[];
}

interface Found {
  readonly outcome: string;
}

/** The promises of the sample journey, for whichever way the events travel. */
export function journeyHolds(travelled: () => Travelled) {
  it('says a line for each step and names both wrong rows of the roster', () => {
    const { said } = travelled();

    expect(said.at(-1)).toMatch(/时限/);
    expect(said.find((line) => line.includes('上传有误'))).toMatch(/第 18 行.*；.*第 25 行/);
  });

  it('adds up from filed to issued', async () => {
    const { chain, clocks, certificates } = await outcome(travelled().world);

    expect(chain).toMatchObject({
      filed: 30,
      completed: 30,
      entered: 28,
      passed: 25,
      confirmed: 23,
      returned: 2,
      issued: 23,
    });
    expect(clocks.map(({ kind, state }) => `${kind} ${state}`).sort()).toEqual([
      'confirmation stopped-on-time',
      'issue stopped-on-time',
      'result-report stopped-on-time',
      'training-report stopped-on-time',
    ]);
    expect(certificates.total).toBe(23);
    expect(new Set(certificates.items.map(({ registryNumber }) => registryNumber)).size).toBe(23);
  });

  it('A45 a stranger sees the public fields with the check code, everything with the name, and nothing without either', async () => {
    const { world } = travelled();
    const { registryNumber, checkCode } = await world
      .as('demo-ei-approver')
      .get<{ registryNumber: string; checkCode: string }>(
        `certification/certificates/${world.recall('valid')}/check-code`,
      );

    const byCode = await world.stranger.get<Found>(`verification/certificates/${registryNumber}`, { code: checkCode });
    const wrong = await world.stranger.get<Found>(`verification/certificates/${registryNumber}`, { code: 'ZZZZ' });
    const without = await refusalOf(world.stranger.get(`verification/certificates/${registryNumber}`));

    expect(byCode).toMatchObject({ outcome: 'valid', maskedName: expect.any(String) });
    expect(byCode).not.toHaveProperty('name');
    expect(wrong.outcome).toBe('not-found');
    expect(without.status).toBe(400);
  });

  it('A34 answers the same call under the same key as it did before', async () => {
    const { world } = travelled();
    const path = `certification/batches/${world.recall('batch')}/packages`;
    world.begin(19);

    // Whatever step sent the package, its key is known: the same call again changes nothing.
    const keys = Array.from({ length: 30 }, (_, i) => `journey/${i + 1}`);
    const answers = await Promise.all(
      keys.map((key) =>
        world
          .as('demo-hr-officer')
          .post<{ packageId: string }>(path, {}, { key })
          .catch(() => undefined),
      ),
    );

    expect(answers.filter((answer) => answer?.packageId === world.recall('package'))).toHaveLength(1);
    expect(answers.filter((answer) => answer && answer.packageId !== world.recall('package'))).toEqual([]);
  });

  it('A35 tells a foreign institution nothing about what it does not own', async () => {
    const { world } = travelled();
    const path = `assessment/sessions/${world.recall('session')}`;

    const foreign = await refusalOf(world.as('demo-ti-approver').get(path));
    const missing = await refusalOf(
      world.as('demo-ei-approver').get('assessment/sessions/00000000-0000-4000-8000-00000000dead'),
    );

    expect([403, 404]).toContain(foreign.status);
    expect(missing.status).toBe(404);
  });

  it('A43 says revoked with its date for the revoked one, and corrected for the corrected one', async () => {
    const { world } = travelled();
    const says = async (name: string) => {
      const { registryNumber, checkCode } = await world
        .as('demo-ei-approver')
        .get<{ registryNumber: string; checkCode: string }>(
          `certification/certificates/${world.recall(name)}/check-code`,
        );
      return world.stranger.get<Found>(`verification/certificates/${registryNumber}`, { code: checkCode });
    };

    expect(await says('revoked')).toMatchObject({ outcome: 'revoked', revokedOn: world.daysBack(5) });
    expect(await says('corrected')).toMatchObject({ outcome: 'corrected', correctedOn: world.daysBack(10) });
  });

  it('refuses a withdrawn member everywhere within two seconds', async () => {
    const { world } = travelled();
    const officer = { loginName: `leaver-${Date.now()}`, password: 'Shuzheng-leaver-2026' };
    const { accountId } = await world
      .as('demo-admin')
      .post<{ accountId: string }>(
        'identity/accounts',
        { ...officer, displayName: '离任人员', organisationId: DEPARTMENT, roles: ['department-officer'] },
        { key: `create-${officer.loginName}` },
      );
    const leaver = new Client(world.options.url, officer);
    const asks = [
      'enrollment/classes',
      'assessment/sessions',
      'certification/batches',
      'oversight/clocks',
      'identity/me',
    ];
    for (const ask of asks) await leaver.get(ask);

    await world
      .as('demo-admin')
      .post(
        `identity/accounts/${accountId}/memberships/withdraw`,
        { organisationId: DEPARTMENT, reason: '调离岗位' },
        { key: `withdraw-${officer.loginName}` },
      );

    const refused = async (ask: string) =>
      (await refusalOf(leaver.get(ask)).catch(() => ({ status: 200 }))).status === 401;
    const all = () => Promise.all(asks.map(refused)).then((each) => each.every(Boolean));
    await until(all, Boolean, 'every service refuses', 2000);
  });
}
