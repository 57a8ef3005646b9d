import { expect, it } from '@jest/globals';
import { services } from '@shuzheng/contracts';
import { randomUUID } from 'node:crypto';
import { aFiledPlan, aPlan } from './a-class.js';
import { codesOf, DEPARTMENT, OFFICER, refusalOf, type Scene } from './scene.js';

const password = 'Shuzheng-leaver-2026';

/** Who may do what, and what happens when they no longer may: A05 to A08. */
export function accessHolds(there: () => Scene) {
  it('A05 the last user manager cannot drop that permission, and is told why', async () => {
    const scene = there();
    const { accountId } = await scene.as(scene.training.manager).get<{ accountId: string }>('identity/me');
    const path = `identity/accounts/${accountId}/memberships/${scene.training.id}`;

    const refusal = await refusalOf(scene.put('demo-admin', path, { roles: ['training-preparer'] }, 1));

    expect(refusal.codes).toEqual(['last-user-manager']);
    expect(refusal.problem.reasons?.[0]).toMatchObject({ advice: expect.stringContaining('用户管理员') });
  });

  it('A06 whoever lacks a permission is told which, asks for it, and the user managers have the request', async () => {
    const scene = there();
    const { id } = scene.evaluation;
    await scene.account('ei-manager', id, ['user-manager']);
    await scene.account('ei-newcomer', id, ['evaluation-preparer']);
    const act = `assessment/sessions/${randomUUID()}/release`;

    const refusal = await refusalOf(scene.post('ei-newcomer', act));
    expect([refusal.status, refusal.problem]).toMatchObject([403, { permission: 'results:release' }]);
    const asked = { permission: 'results:release', reason: '需要发布成绩' };
    const { requestId } = await scene.post('ei-newcomer', 'identity/permission-requests', asked);

    for (const manager of ['ei-manager', scene.evaluation.manager])
      expect(await scene.items(manager, 'identity/permission-requests', { state: 'open' })).toMatchObject([
        { id: requestId, displayName: '欧阳建国', title: '发布成绩' },
      ]);
    await scene.post('ei-manager', `identity/permission-requests/${String(requestId)}/grant`);
    const granted = await refusalOf(scene.anew('ei-newcomer').post(act, {}, { key: randomUUID() }));
    // No such session: what was missing is there.
    expect(granted.status).toBe(404);
  });

  it('A07 a returned application comes back as resubmitted, and the reviewer sees only what changed', async () => {
    const scene = there();
    const { preparer, head } = scene.training;
    await scene.at(148);
    const planId = await aFiledPlan(scene);
    const filing = `enrollment/filings/${planId}`;
    const feedback = [
      { section: 'schedule', feedback: '请说明节假日安排' },
      { section: 'venue', feedback: '请补充教室门牌' },
    ];
    await scene.post(OFFICER, `${filing}/returns`, { kind: 'training', version: 1, sections: feedback });

    const amended = { ...aPlan(scene), venueAddress: '济南市历下区演示路 1 号 301 室', endsOn: scene.day(99) };
    await scene.put(preparer, `enrollment/training-plans/${planId}`, amended, 1);
    await scene.post(head, `enrollment/training-plans/${planId}/file`);

    const changes = await scene.as(OFFICER).get(`${filing}/changes`);
    expect(changes).toMatchObject({
      ...{ comparedWith: 1, version: 2, feedback, unchanged: [] },
      changes: [
        { section: 'schedule', field: 'endsOn' },
        { section: 'venue', field: 'venueAddress' },
      ],
    });
    expect(await scene.as(OFFICER).get(filing)).toMatchObject({ state: 'resubmitted' });
  });

  it('A08 a colleague who is removed loses every session in every service, and keeps the name of what was done', async () => {
    const scene = there();
    await scene.account('ti-manager', scene.training.id, ['user-manager']);
    const invitation = { displayName: '司马明', roles: ['training-preparer'] };
    const { code } = await scene.post<{ code: string }>('ti-manager', 'identity/invitations', invitation);
    const accepting = { code, loginName: 'colleague', password };
    const { accountId } = await scene.world.stranger.post<{ accountId: string }>(
      ...(['identity/invitations/accept', accepting, { key: randomUUID() }] as const),
    );
    const colleague = scene.anew('colleague', password);
    await colleague.post('enrollment/training-plans', aPlan(scene), { key: 'drafted-by-the-colleague' });
    const sessions = await sessionsIn(colleague);

    await scene.post('ti-manager', `identity/accounts/${accountId}/memberships/withdraw`, {
      ...{ organisationId: scene.training.id, reason: '岗位调整' },
    });
    await scene.spread('a colleague removed', sessions);

    const signIn = scene.world.stranger.post('identity/sessions', { loginName: 'colleague', password });
    expect(await codesOf(signIn)).toEqual(['sign-in-failed']);
    expect(await scene.as(scene.training.head).get(`identity/accounts/${accountId}`)).toMatchObject({
      displayName: '司马明',
    });
    const acts = await scene.items('demo-auditor', 'enrollment/operations/audit', { accountId });
    expect(acts).toMatchObject([{ operation: 'enrollment.draft-training-plan' }]);
  });

  it('a permission that is taken away is respected by every service within two seconds', async () => {
    const scene = there();
    const both = ['department-officer', 'department-approver'];
    const accountId = await scene.account('changing', DEPARTMENT, both);
    const sessions = await sessionsIn(scene.anew('changing'));

    const path = `identity/accounts/${accountId}/memberships/${DEPARTMENT}`;
    await scene.put('demo-admin', path, { roles: ['department-officer'] }, 1);
    await scene.spread('a permission withdrawn', sessions);

    const decide = `certification/batches/${randomUUID()}/decisions`;
    const again = await refusalOf(scene.anew('changing').post(decide, { asProposed: true }, { key: randomUUID() }));
    expect(again.problem).toMatchObject({ permission: 'batches:confirm' });
  });
}

/** Is the token that somebody holds refused? One question for each service; every one of them answers it today. */
async function sessionsIn(somebody: ReturnType<Scene['anew']>) {
  const ask = (service: string) => refusalOf(somebody.get(`${service}/operations/parked`));
  for (const service of services) expect([service, (await ask(service)).status]).toEqual([service, 403]);
  return Object.fromEntries(
    services.map((service) => [service, async () => (await ask(service)).status === 401] as const),
  );
}
