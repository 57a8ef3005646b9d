import { DEMO_PASSWORD, type World } from '@shuzheng/all-in-one';
import { type Permission, permissions, roles, rolesOf } from '@shuzheng/contracts';
import { type Claims, tokenMaker } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Somebody who asks: a person in a role, or a program of a kind of organisation. */
export interface Caller {
  readonly name: string;
  readonly role: string;
  /** The kind of organisation, for programs and for telling user managers apart. */
  readonly kind: string;
  readonly foreign: boolean;
  readonly token: string;
  readonly accountId: string;
  readonly organisationId: string | undefined;
}

const fixed: Readonly<Record<string, string>> = {
  operator: '00000000-0000-4000-8000-000000000001',
  department: '00000000-0000-4000-8000-000000370000',
};
const bureau = (city: string) => `00000000-0000-4000-8000-000000${city}`;
const OTHER_CITY = '370200';

/** By kind, the organisation of the journey and another one of the kind; the operator and the department have no like. */
async function organisationsOf(world: World): Promise<Map<string, readonly string[]>> {
  const register = async (role: string) => {
    const asked = { name: `外市机构（${role.slice(0, 5)}）`, creditCode: null, cityCode: OTHER_CITY, role };
    const { organisationId } = await world
      .as('demo-hr-officer')
      .post<{ organisationId: string }>('institutions/organisations', asked, { key: randomUUID() });
    return organisationId;
  };
  return new Map<string, readonly string[]>([
    ...Object.entries(fixed).map(([kind, id]) => [kind, [id]] as const),
    ['city-bureau', [bureau('370100'), bureau(OTHER_CITY)]],
    ['training-institution', [world.recall('training'), await register('training-institution')]],
    ['evaluation-institution', [world.recall('evaluation'), await register('evaluation-institution')]],
  ]);
}

/** Everybody: each role in each organisation it can be held in, two learners, a program for each kind of organisation. */
export async function everybody(world: World): Promise<Caller[]> {
  const callers: Caller[] = [];
  for (const [kind, organisations] of await organisationsOf(world))
    for (const [i, organisationId] of organisations.entries()) {
      const foreign = i > 0;
      for (const role of rolesOf[kind] ?? [])
        callers.push(await person(world, { kind, role, foreign }, organisationId));
      if (kind !== 'operator') callers.push(await program(world, { kind, foreign }, organisationId));
    }
  for (const [i, loginName] of ['demo-learner-01', 'demo-learner-02'].entries())
    callers.push({ ...(await signedIn(world, loginName)), name: loginName, role: 'learner', kind: '', foreign: i > 0 });
  return callers;
}

type Who = Pick<Caller, 'kind' | 'foreign'>;

async function person(world: World, who: Who & { role: string }, organisationId: string): Promise<Caller> {
  const loginName = `t-${who.role}-${who.kind.slice(0, 4)}${who.foreign ? '-2' : ''}`;
  await world
    .as('demo-admin')
    .post(
      'identity/accounts',
      { loginName, displayName: '某人', password: DEMO_PASSWORD, organisationId, roles: [who.role] },
      { key: randomUUID() },
    );
  return { ...who, name: loginName, ...(await signedIn(world, loginName)) };
}

async function signedIn(world: World, loginName: string) {
  const { accessToken } = await world.stranger.post<{ accessToken: string }>('identity/sessions', {
    loginName,
    password: DEMO_PASSWORD,
  });
  const { sub, org } = claimsOf(accessToken);
  return { token: accessToken, accountId: sub, organisationId: org };
}

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { sub: string; org?: string };

/** A program holds whatever it is let have. */
async function program(world: World, who: Who, organisationId: string): Promise<Caller> {
  const admin = world.as('demo-admin');
  const admit = (permissions: readonly string[]) =>
    admin.post<{ clientId: string }>(
      'identity/clients',
      { name: '接口程序', organisationId, permissions },
      { key: randomUUID() },
    );
  const possible = admitted.get(who.kind) ?? (await whatIsAdmitted(admit));
  admitted.set(who.kind, possible);
  const { clientId } = await admit(possible);
  const { secret } = await admin.post<{ secret: string }>(
    `identity/clients/${clientId}/secret`,
    {},
    { key: randomUUID() },
  );
  const { accessToken } = await world.stranger.post<{ accessToken: string }>('identity/sessions/client', {
    clientId,
    secret,
  });
  const name = `program-${who.kind}${who.foreign ? '-2' : ''}`;
  return { ...who, name, role: 'program', token: accessToken, accountId: clientId, organisationId };
}

const admitted = new Map<string, readonly string[]>();

async function whatIsAdmitted(admit: (permissions: readonly string[]) => Promise<unknown>) {
  const asked = Object.keys(permissions).map((one) =>
    admit([one]).then(
      () => [one],
      () => [],
    ),
  );
  return (await Promise.all(asked)).flat();
}

/** Tokens that identity would never make: of a role without an organisation, and what has expired. */
export async function forger(keys: string) {
  const make = await tokenMaker(readFileSync(join(keys, 'token.key')));
  const of = (role: string, more: Partial<Claims>, seconds: number) =>
    make(
      {
        accountId: randomUUID(),
        sessionId: randomUUID(),
        reach: role === 'learner' ? 'self' : 'organisation',
        permissions: (roles as Readonly<Record<string, readonly Permission[]>>)[role] ?? [],
        ...more,
      },
      seconds,
    );
  return {
    homeless: (role: string) => of(role, {}, 600),
    expired: (role: string) => of(role, { organisationId: fixed['department'] ?? '' }, -10),
  };
}
