import { expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { type Answer, each } from './asking.js';
import type { Caller } from './callers.js';
import { may, rowOf, said } from './matrix.js';
import { type Operation, operations, request } from './operations.js';
import { tableOf } from './places.js';
import type { Tenants } from './world.js';

/** Everything of an answer but what differs between any two. */
const comparable = ({ status, headers, body }: Answer) =>
  JSON.stringify({
    status,
    headers: Object.entries(headers).filter(([name]) => name !== 'date' && name !== 'x-correlation-id'),
    body: body.replace(/"correlationId":"[^"]*"/, ''),
  });

/** Whose things they are: facts for all have no foreigner. */
const owned = (operation: Operation) => ['tenant', 'members', 'self'].includes(rowOf(operation).reach);

/**
 * A foreigner is answered as if the thing were not there; that it is still on its way, that there is no provider of
 * identities here, or that the caller is from nowhere, is the same answer to both.
 */
const isAbsent = ({ status, code }: Answer) =>
  status === 404 || ['not-yet-known', 'oidc-not-configured', 'permission-missing'].includes(code ?? '');

export function foreignersSeeNothing(tenants: Tenants) {
  const withPlace = operations.filter(({ place }) => place !== undefined);
  const both = async (operation: Operation, token: string) => {
    const id = tenants.ids.get(operation.place ?? '') ?? '';
    const ask = (one: string) => tenants.asking.ask(operation, request(operation, one, tenants.files), token);
    return [await ask(id), await ask(randomUUID())] as const;
  };
  const compare = async (operation: Operation, token: string, name: string) => {
    const [foreign, missing] = await both(operation, token);
    if (comparable(foreign) !== comparable(missing))
      return [`${name} ${operation.id}: ${said(foreign)} for what is foreign, ${said(missing)} for what is not there`];
    return isAbsent(foreign) ? [] : [`${name} ${operation.id}: ${said(foreign)} before it was looked for`];
  };

  it('there is a thing of every kind that a path names', () => {
    const places = new Set(withPlace.map(({ place }) => place ?? ''));
    expect([...places].filter((place) => !tenants.ids.has(place))).toEqual([]);
  });

  it('a foreign id is answered to the byte like one that never was', async () => {
    const asked = withPlace
      .filter(owned)
      .flatMap((operation) => strangersTo(operation, tenants.callers).map((caller) => [operation, caller] as const));
    const wrong = await each(asked, ([operation, { token, name }]) => compare(operation, token, name));
    expect(asked.length).toBeGreaterThan(300);
    expect(wrong.flat()).toEqual([]);
  });

  it('whoever owns it finds it by the same id', async () => {
    const made = ({ place = '' }: Operation) => {
      const { schema, table } = tableOf(place);
      return !tenants.filled.includes(`${schema}.${table}`);
    };
    const read = withPlace.filter((operation) => operation.method === 'GET' && owned(operation) && made(operation));
    const blind = await each(read, async (operation) => {
      const owners = tenants.callers.filter((caller) => !caller.foreign && may(caller, rowOf(operation)));
      const answers = await each(owners, async ({ token }) => (await both(operation, token))[0]);
      return answers.some(({ status }) => status === 200) ? [] : [`${operation.id}: ${answers.map(said).join(', ')}`];
    });
    expect(read.length).toBeGreaterThan(30);
    expect(blind.flat()).toEqual([]);
  });

  it('a role without an organisation finds nothing either', async () => {
    const asked = withPlace
      .filter(owned)
      .flatMap((operation) => [...rowOf(operation).allowed].map((role) => [operation, role] as const))
      .filter(([, role]) => !['public', 'everyone', 'programs'].includes(role));
    const wrong = await each(asked, async ([operation, role]) =>
      compare(operation, await tenants.forger.homeless(role), `${role} of nowhere`),
    );
    expect(wrong.flat()).toEqual([]);
  });
}

/** Who may do this, elsewhere. */
const strangersTo = (operation: Operation, callers: readonly Caller[]) =>
  callers.filter((caller) => caller.foreign && may(caller, rowOf(operation)));
