import { expect, it } from '@jest/globals';
import { aLearner } from './a-class.js';
import { reply } from './a-batch.js';
import type { Life } from './a-life.js';
import type { Result } from './an-exam.js';
import { codesOf, OFFICER, type Scene, until } from './scene.js';

/** What happens to a confirmed batch and its certificates: A39, A41, A28, A29, A44 and A42, in this order. */
export function certificatesHold(there: () => Scene, life: () => Life) {
  it('A39 what the national office returns holds up the certificates of its batch until it is resolved', async () => {
    const scene = there();
    const { batch, sessionId, row } = life();
    await scene.at(60);
    const sent = await scene.post<{ packageId: string }>(OFFICER, `certification/batches/${batch.id}/packages`);
    await scene.at(45);
    const { id: rowId, resultId, registryRow } = await row(2);
    expect(await reply(scene, sent.packageId, [registryRow], 45)).toMatchObject({ approved: 4, returned: 1 });

    expect(await codesOf(issue(scene, batch.id))).toEqual(['national-return-open']);
    const path = `assessment/sessions/${sessionId}/returned`;
    const returnedNationally = await until(
      () => scene.items(scene.evaluation.preparer, path, { returnedBy: 'national-office' }),
      (found) => found.length === 1,
      'assessment has heard of the national return',
    );
    expect(returnedNationally).toMatchObject([{ resultId, state: 'open' }]);
    expect((await scene.items(scene.evaluation.preparer, 'certification/certificates')).length).toBe(0);

    await scene.post(scene.evaluation.preparer, `certification/rows/${rowId}/give-up`, {
      ...{ reason: 'candidate-withdrew', basis: '本人书面说明' },
    });
    expect(await issue(scene, batch.id)).toMatchObject({ allocated: 4 });
  });

  it('A41 every number of the series is issued, once, and the runs that follow issue nothing more', async () => {
    const scene = there();
    const { batch } = life();
    const certificates = await until(
      () => scene.items<{ registryNumber: string }>(OFFICER, 'certification/certificates', { batchId: batch.id }),
      (issued) => issued.length === 4,
      'all certificates are issued',
    );

    expect(await codesOf(issue(scene, batch.id))).toEqual(['nothing-approved']);
    const ledger = await scene.items<{ registryNumber: string; state: string }>(
      'demo-hr-approver',
      'certification/ledger',
    );
    expect(ledger.map(({ state }) => state)).toEqual(Array(4).fill('used'));
    const serials = ledger.map(({ registryNumber }) => Number(registryNumber.split('-')[2])).sort((a, b) => a - b);
    expect(serials).toEqual([1, 2, 3, 4]);
    expect(new Set(certificates.map(({ registryNumber }) => registryNumber)).size).toBe(4);
  });

  it('A28 who failed and then passed sees both attempts, and has one certificate', async () => {
    const scene = there();
    const { first, sessionId, resitting, row } = life();

    const attempts = await scene.items<Result>(resitting.loginName, 'assessment/results/mine');
    expect(attempts).toMatchObject([
      { sessionId, outcome: 'passed' },
      { sessionId: first, outcome: 'failed' },
    ]);
    const { personId, registryNumber } = await row(5);
    expect(await scene.items(OFFICER, 'certification/certificates', { personId })).toMatchObject([
      { registryNumber, state: 'valid' },
    ]);
    expect(await scene.items(resitting.loginName, 'certification/my/certificates')).toHaveLength(1);
  });

  it('A29 an evaluator who asks for the right number under another name learns as little as for an unknown person', async () => {
    const scene = there();
    const { sessionId, resitting } = life();
    const { name, documentKind, documentNumber } = resitting;
    const ask = (more: object) =>
      scene.as(scene.evaluation.preparer).post<{ items: object[] }>('assessment/candidates/lookup', {
        ...{ documentKind, documentNumber, name, ...more },
      });

    const wrongName = await ask({ name: '别人' });
    expect(wrongName).toEqual(await ask({ documentNumber: aLearner().documentNumber }));
    expect(wrongName.items).toEqual([]);
    expect((await ask({})).items[0]).toMatchObject({ sessionId, outcome: 'passed' });
  });

  it('A44 a certificate that is with the printer is printed again only with a reason', async () => {
    const scene = there();
    await scene.at(43);
    const certificateId = (await life().row(0)).certificateId;
    const order = (more: object = {}) =>
      scene.post<{ ordered: { orderId: string }[] }>(scene.evaluation.preparer, 'certification/print-orders', {
        ...{ printer: '济南印务', dueOn: scene.day(30), items: [{ certificateId, ...more }] },
      });
    const { ordered } = await order();
    const path = `certification/print-orders/${ordered[0]?.orderId}`;
    await scene.post(scene.evaluation.preparer, `${path}/hand-over`, {}, { ifMatch: 1 });

    expect(await codesOf(order())).toEqual(['print-order-open']);
    const again = await order({ overrideReason: '原件印制有误，须另印' });
    expect(again.ordered).toHaveLength(1);
  });

  it('A42 a corrected name keeps the number and the award date, and the old document is told to be corrected', async () => {
    const scene = there();
    const { resitting, row } = life();
    const { certificateId, registryNumber } = await row(5);
    const path = `certification/certificates/${certificateId}`;
    const credential = (version: string) =>
      scene.as(scene.evaluation.head).get<object>(`${path}/credential`, { version });
    const { awardedOn } = await scene.as(OFFICER).get<{ awardedOn: string }>(path);
    const old = await credential('1');
    await scene.at(43);

    const { correctionId } = await scene.post<{ correctionId: string }>(OFFICER, `${path}/corrections`, {
      ...{ kind: 'typo', changes: { holderName: '学员改正' }, reason: '姓名录入有误，经核对证件' },
    });
    await scene.post('demo-hr-approver', `certification/corrections/${correctionId}/approve`);
    const look = (name: string) =>
      scene.world.stranger.post<{ outcome: string }>('verification/lookups', { number: registryNumber, name });
    const now = await until(
      () => look('学员改正'),
      ({ outcome }) => outcome === 'corrected',
      'verification has heard of the correction',
    );

    const corrected = { outcome: 'corrected', registryNumber, version: 2, awardedOn, correctedOn: scene.day(43) };
    expect(now).toMatchObject({ ...corrected, matchedVersion: 2 });
    expect(await look(resitting.name)).toMatchObject({ ...corrected, matchedVersion: 1 });
    expect(await credential('1')).toEqual(old);
    expect(await credential('2')).toMatchObject({
      credentialSubject: { name: '学员改正', certificate: { registryNumber, awardDate: awardedOn } },
    });
  });

  it('a revocation is respected by every service that answers for the certificate within two seconds', async () => {
    const scene = there();
    await scene.at(42);
    const { certificateId } = await life().row(1);
    const { registryNumber, checkCode } = await scene
      .as(OFFICER)
      .get<{ registryNumber: string; checkCode: string }>(`certification/certificates/${certificateId}/check-code`);
    const asked = await scene.post<{ revocationId: string }>(
      ...[OFFICER, `certification/certificates/${certificateId}/revocations`],
      { reason: 'false-commitment', basis: '核查发现不实承诺' },
    );

    await scene.post('demo-hr-approver', `certification/revocations/${asked.revocationId}/approve`);
    await scene.spread('a certificate revoked', {
      verification: async () => {
        const path = `verification/certificates/${registryNumber}`;
        return (await scene.world.stranger.get<{ outcome: string }>(path, { code: checkCode })).outcome === 'revoked';
      },
      oversight: async () => {
        const { sessionId } = life();
        return (await scene.as(OFFICER).get<{ revoked: number }>('oversight/chain', { sessionId })).revoked === 1;
      },
    });
  });
}

const issue = (scene: Scene, batchId: string) =>
  scene.post(scene.evaluation.head, `certification/batches/${batchId}/issue`);
