import { expect, it } from '@jest/globals';
import type { World } from '@shuzheng/all-in-one';
import { type ClockCode, dueOf, seedCalendar, statutoryClocks } from '@shuzheng/regulation';
import { Client, outcome, refusalOf, until } from './journey.js';

const OFFICER = 'demo-hr-officer';
const DEPARTMENT = '00000000-0000-4000-8000-000000370000';

interface Travelled {
  readonly world: World;
  readonly said: readonly string[];
}

interface Items {
  readonly items: readonly object[];
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
    expect(clocks).toHaveLength(4);
    expect(certificates.total).toBe(23);
    expect(new Set(certificates.items.map(({ registryNumber }) => registryNumber)).size).toBe(23);
  });

  it.each<[ClockCode, started: number, stopped: number]>([
    ['training-report', 100, 90],
    ['result-report', 80, 70],
    ['confirmation', 70, 64],
    ['issue', 45, 30],
  ])('shows from which day the clock %s ran, when it was due, and that it stopped in time', async (kind, ...days) => {
    const { world } = travelled();
    const [day0 = '', stoppedOn] = days.map((back) => world.daysBack(back));
    const rule = must(statutoryClocks.find(({ code }) => code === kind));
    const { raw: rawDue, effective: effectiveDue } = dueOf(rule, seedCalendar, day0);

    const { items } = await world.as(OFFICER).get<Items>('oversight/clocks', { kind });

    expect(items).toMatchObject([
      { day0, n: rule.n, unit: rule.unit, rawDue, effectiveDue, office: null, stoppedOn, state: 'stopped-on-time' },
    ]);
  });

  it.each(['plan', 'examPlan'])('keeps the receipts of both recipients for the %s', async (plan) => {
    const { world } = travelled();
    const { recipients } = await world
      .as('demo-ti-preparer')
      .get<{ recipients: object[] }>(`enrollment/filings/${world.recall(plan)}`);

    const received = {
      ...{ state: 'received', receiptId: expect.any(String), number: expect.any(String) },
      ...{ receivedAt: expect.stringContaining(world.daysBack(147)) },
    };
    expect(recipients).toMatchObject(['department', 'city-bureau'].map((recipient) => ({ recipient, ...received })));
  });

  it('keeps the receipts of the training report and of the result report, with their days', async () => {
    const { world } = travelled();
    const { items } = await world
      .as(OFFICER)
      .get<Items>('enrollment/training-reports', { classId: world.recall('class') });
    const result = await world
      .as('demo-ei-approver')
      .get<object>(`assessment/result-reports/${world.recall('resultReport')}`);

    expect(items).toMatchObject([
      { receiptNumber: expect.stringMatching(/./), filedOn: world.daysBack(90), onTime: true },
    ]);
    expect(result).toMatchObject({
      ...{ sessionId: world.recall('session'), part: 1, rows: 25, passed: 25, confirmed: 23, returned: 2 },
      ...{ filedOn: world.daysBack(70), onTime: true },
    });
  });

  it('announces the class under the name of its institution, with the place and the seats of its plan', async () => {
    const { world } = travelled();
    const { items } = await world.stranger.get<{ items: { organisationName: string; text: string }[] }>(
      'enrollment/announcements',
    );
    const { venueAddress, plannedSeats } = await world
      .as('demo-ti-preparer')
      .get<{ venueAddress: string; plannedSeats: number }>(`enrollment/training-plans/${world.recall('plan')}`);

    const { organisationName, text } = must(items[0]);
    for (const told of [organisationName, venueAddress, `${plannedSeats}人`]) expect(text).toContain(told);
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

  it('A43 says by number and by QR code revoked with its date for the revoked one, and corrected for the corrected one', async () => {
    const { world } = travelled();
    const says = async (name: string) => {
      const { registryNumber, checkCode, verifyUrl } = await world
        .as('demo-ei-approver')
        .get<{ registryNumber: string; checkCode: string; verifyUrl: string }>(
          `certification/certificates/${world.recall(name)}/check-code`,
        );
      const { pathname, search } = new URL(verifyUrl);
      return {
        byNumber: await world.stranger.get<Found>(`verification/certificates/${registryNumber}`, { code: checkCode }),
        byQr: (await world.stranger.download(pathname + search)).toString(),
      };
    };
    const [revoked, corrected] = [await says('revoked'), await says('corrected')];

    expect(revoked.byNumber).toMatchObject({ outcome: 'revoked', revokedOn: world.daysBack(5) });
    expect(revoked.byQr).toMatch(/<h1 class="outcome">[^<]*已撤销/);
    expect(revoked.byQr).toContain(world.daysBack(5));
    expect(corrected.byNumber).toMatchObject({ outcome: 'corrected', correctedOn: world.daysBack(10) });
    expect(corrected.byQr).toMatch(/<h1 class="outcome">[^<]*已更正/);
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

function must<T>(found: T | undefined): T {
  if (found === undefined) throw new Error('it is not there');
  return found;
}
