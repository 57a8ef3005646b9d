import { expect, it } from '@jest/globals';
import { Client, DEMO_PASSWORD, UnexpectedAnswer, until } from '@shuzheng/all-in-one';
import { randomUUID } from 'node:crypto';
import { each } from './asking.js';
import type { Caller } from './callers.js';
import { roleKinds } from './document.js';
import { bare, said } from './matrix.js';
import { type Operation, operations } from './operations.js';
import type { Tenants } from './world.js';

export function withdrawnAccessEnds(tenants: Tenants) {
  const ask = async ({ token }: Caller, some: readonly Operation[]) => {
    const answers = await each(some, async (operation) => {
      const answer = await tenants.asking.ask(operation, bare(operation), token);
      return said(answer) === '401 access-withdrawn' ? [] : [`${operation.id}: ${said(answer)}`];
    });
    return answers.flat();
  };

  it('answers 401 to every role whose membership was withdrawn, at every operation', async () => {
    const admin = new Client(tenants.registry.url, { loginName: 'demo-admin', password: DEMO_PASSWORD });
    const atHome = tenants.callers.filter(({ foreign }) => !foreign);
    const gone = (await each(atHome, (caller) => withdraw(admin, caller))).flat();
    expect([...new Set(gone.map(({ role }) => role))].sort()).toEqual([...roleKinds.keys(), 'program'].sort());

    const probes = operations.filter(({ id }) => id.endsWith('.operations.read-clock'));
    await until(
      async () => (await each(gone, (caller) => ask(caller, probes))).flat(),
      (wrong) => wrong.length === 0,
      'every service has heard of every withdrawal',
    );
    const wrong = await each(gone, async (caller) =>
      (await ask(caller, operations)).map((one) => `${caller.role} ${one}`),
    );
    expect(wrong.flat()).toEqual([]);
  });
}

/** The caller, when this could be done: the last user manager of an organisation stays. */
async function withdraw(admin: Client, caller: Caller): Promise<Caller[]> {
  const { accountId, organisationId, role } = caller;
  const reason = '调离岗位';
  const [path, body] =
    role === 'program'
      ? [`clients/${accountId}/withdraw`, { reason }]
      : role === 'learner'
        ? [`accounts/${accountId}/withdraw`, { reason }]
        : [`accounts/${accountId}/memberships/withdraw`, { organisationId, reason }];
  try {
    await admin.post(`identity/${path}`, body, { key: randomUUID() });
    return [caller];
  } catch (error) {
    if (error instanceof UnexpectedAnswer && error.problem.reasons?.[0]?.code === 'last-user-manager') return [];
    throw error;
  }
}
