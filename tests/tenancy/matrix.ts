import { beforeAll, expect, it } from '@jest/globals';
import { rolesOf, services } from '@shuzheng/contracts';
import { randomUUID } from 'node:crypto';
import { type Answer, each } from './asking.js';
import type { Caller } from './callers.js';
import { documented, reaches, roleKinds, type Row } from './document.js';
import { type Asked, type Operation, operations, request } from './operations.js';
import type { Tenants } from './world.js';

const table = documented(services);
const rowOf = ({ id }: Operation): Row =>
  table.get(id) ?? { operation: id, summary: '', allowed: new Set(), reach: '' };

/** May they, as the document has it? */
function may({ role, kind }: Pick<Caller, 'role' | 'kind'>, { allowed }: Row) {
  if (allowed.has('public') || allowed.has('everyone') || allowed.has(role)) return true;
  return role === 'program' && allowed.has('programs') && (rolesOf[kind] ?? []).some((one) => allowed.has(one));
}

const permitted = ({ status, code }: Answer) =>
  !(status === 403 || (status === 401 && ['not-signed-in', 'access-withdrawn'].includes(code ?? '')));

/** What these answer 401 to is what they were given: a refresh token that is none. */
const openings = /refresh-session/;
/** These end what asks them, or move the time: they come last. */
const endings = ['move-clock', 'end-my-sessions', 'sign-out'];
const place = ({ id }: Operation) => endings.findIndex((one) => id.endsWith(one));
const inOrder = [...operations].sort((a, b) => place(a) - place(b));

const said = ({ status, code }: Answer) => `${status} ${code ?? ''}`.trim();

export function documentHolds() {
  it('every operation of the interface documents has a row in docs/permissions.md, and every row an operation', () => {
    const undocumented = operations.filter(({ id }) => !table.has(id)).map(({ id }) => id);
    const ids = new Set(operations.map(({ id }) => id));
    expect({ undocumented, gone: [...table.keys()].filter((id) => !ids.has(id)) }).toEqual({
      undocumented: [],
      gone: [],
    });
  });

  it('the rows call an operation what its interface document calls it, and reach what the document explains', () => {
    const differing = operations.filter((one) => rowOf(one).summary !== one.summary).map(({ id }) => id);
    expect(differing).toEqual([]);
    expect([...table.values()].filter(({ reach }) => !reaches.includes(reach))).toEqual([]);
  });

  it('a role can be held where the document says', () => {
    const held = Object.entries(rolesOf).flatMap(([kind, roles]) => roles.map((role) => `${role} in ${kind}`));
    const written = [...roleKinds].flatMap(([role, kinds]) => kinds.map((kind) => `${role} in ${kind}`));
    expect(written.filter((one) => one !== 'learner in no organisation').sort()).toEqual(held.sort());
  });
}

/** What an expectation broke on, as lines that a person can read. */
async function differences(asked: readonly (readonly [Operation, Caller])[], ask: Ask, right: Right) {
  const answers = await each(asked, async ([operation, caller]) => {
    const answer = await ask(operation, caller);
    return right(answer, operation, caller) ? [] : [`${caller.name} ${operation.id}: ${said(answer)}`];
  });
  return answers.flat();
}

type Ask = (operation: Operation, caller: Caller) => Promise<Answer>;
type Right = (answer: Answer, operation: Operation, caller: Caller) => boolean;

export function matrixHolds(tenants: Tenants) {
  const pairs = () => inOrder.flatMap((operation) => tenants.callers.map((caller) => [operation, caller] as const));
  const whole = (operation: Operation, id: string = randomUUID()) => request(operation, id, tenants.files);
  const ask = (operation: Operation, asked: Asked, token?: string) => tenants.asking.ask(operation, asked, token);
  const isPublic = (operation: Operation) => rowOf(operation).allowed.has('public');

  it('asks as every role, here and elsewhere, and as programs', () => {
    const roles = new Set(tenants.callers.map(({ role }) => role));
    expect([...roles].sort()).toEqual([...roleKinds.keys(), 'program'].sort());
  });

  it('answers 401 to whoever has no session', async () => {
    const answers = await each(inOrder, async (operation) => {
      const answer = await ask(operation, whole(operation));
      const right = isPublic(operation)
        ? openings.test(operation.id) || permitted(answer)
        : said(answer) === '401 not-signed-in';
      return right ? [] : [`${operation.id}: ${said(answer)}`];
    });
    expect(answers.flat()).toEqual([]);
  });

  it('answers 401 to an expired session, whatever its role and also where none is needed', async () => {
    const tokens: string[] = [];
    for (const role of roleKinds.keys()) tokens.push(await tenants.forger.expired(role));
    // Whose it was cannot matter, as it is not read; the roles take turns.
    const asked = inOrder.flatMap((operation, i) => [0, 1].map((more) => ({ operation, nth: i + more })));
    const answers = await each(asked, async ({ operation, nth }) => {
      const answer = await ask(operation, bare(operation), tokens[nth % tokens.length]);
      return said(answer) === '401 not-signed-in' ? [] : [`${operation.id}: ${said(answer)}`];
    });
    expect(answers.flat()).toEqual([]);
  });

  it('answers 403 to every role that lacks the permission, before anything else that is wrong', async () => {
    const lacking = pairs().filter(([operation, caller]) => !may(caller, rowOf(operation)));
    const ask403: Ask = (operation, { foreign, token }) =>
      ask(operation, foreign ? bare(operation) : whole(operation), token);
    const wrong = await differences(lacking, ask403, (answer) => said(answer) === '403 permission-missing');
    expect(lacking.length).toBeGreaterThan(5000);
    expect(wrong).toEqual([]);
  });

  it('answers 403 to a role without an organisation that lacks the permission', async () => {
    const homeless = new Map<string, string>();
    for (const role of roleKinds.keys()) homeless.set(role, await tenants.forger.homeless(role));
    const asked = inOrder.flatMap((operation) =>
      [...homeless]
        .filter(([role]) => !may({ role, kind: '' }, rowOf(operation)))
        .map((one) => [operation, ...one] as const),
    );
    const answers = await each(asked, async ([operation, role, token]) => {
      const answer = await ask(operation, bare(operation), token);
      return said(answer) === '403 permission-missing' ? [] : [`${role} ${operation.id}: ${said(answer)}`];
    });
    expect(answers.flat()).toEqual([]);
  });
}

/** As little as can be asked: no body, no key, no version. */
const bare = (operation: Operation): Asked => ({
  method: operation.method,
  url: request(operation, randomUUID(), () => undefined).url.split('?')[0] ?? '',
  headers: {},
});

export function allowedHolds(tenants: Tenants) {
  beforeAll(() => tenants.emptyWhatWasFilled());

  it('sorts every list by each field that it names', async () => {
    const asked = operations.flatMap((operation) =>
      askers(tenants.callers, rowOf(operation))
        .slice(0, 1)
        .flatMap((caller) => sortsOf(operation).map((sort) => ({ operation, caller, sort }))),
    );
    const answers = await each(asked, async ({ operation, caller, sort }) => {
      const id = tenants.ids.get(operation.place ?? '') ?? randomUUID();
      const { url, ...rest } = request(operation, id, tenants.files);
      const answer = await tenants.asking.ask(operation, { ...rest, url: `${url}?sort=${sort}` }, caller.token);
      return answer.status;
    });
    const wrong = asked.filter((_, i) => answers[i] !== 200).map(({ operation: { id } }) => id);
    expect(asked.length).toBeGreaterThan(250);
    // The journey draws no sample and meets no signal: there is nothing whose list could be asked for.
    expect([...new Set(wrong)]).toEqual(['certification.list-signal-history', 'certification.list-sample-rows']);
  });

  it('lets in every role that the document allows', async () => {
    const allowed = inOrder.flatMap((operation) =>
      askers(tenants.callers, rowOf(operation)).map((caller) => [operation, caller] as const),
    );
    const wrong = await differences(
      allowed,
      (operation, { token }) => tenants.asking.ask(operation, request(operation, randomUUID(), tenants.files), token),
      (answer, { id }) => openings.test(id) || (permitted(answer) && answer.status < 500),
    );
    expect(wrong).toEqual([]);
  });
}

const sortsOf = ({ declared: { parameters = [] } }: Operation) =>
  (parameters.find(({ name }) => name === 'sort')?.schema?.enum ?? []) as readonly string[];

/** Everybody at home who may; where anybody may, one is enough. */
const askers = (callers: readonly Caller[], row: Row) =>
  callers.filter((caller) => !caller.foreign && may(caller, row)).slice(0, row.allowed.has('public') ? 1 : undefined);

export { bare, may, rowOf, said };
