import { DEMO_PASSWORD, steps, World } from '@shuzheng/all-in-one';
import { services } from '@shuzheng/contracts';
import { addDays, shanghaiDay } from '@shuzheng/regulation';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, refusalOf, samples, UnexpectedAnswer, until as untilAtMost } from '../journeys/journey.js';

export const DEPARTMENT = '00000000-0000-4000-8000-000000370000';
export const OFFICER = 'demo-hr-officer';
export const APPROVER = 'demo-hr-approver';

/** An institution and two who work there: who prepares, and who decides. */
export interface Institution {
  readonly id: string;
  readonly preparer: string;
  readonly head: string;
}

/** One of the demonstration, with who manages its users. */
interface Managed extends Institution {
  readonly manager: string;
}

interface Entry {
  readonly id: string;
  readonly version: number;
}

/** The steps of the journey that set up the province: its offices, one institution of each kind, and their people. */
const PROVINCE = steps.slice(0, 4);

/** A registry with the demonstration province in it, whatever carries its events, and what scenarios do there. */
export class Scene {
  readonly world: World;
  /** How long it took until each service respected something, in milliseconds. */
  readonly figures: Record<string, Record<string, number>> = {};
  private readonly today = shanghaiDay(new Date());

  constructor(url: string, { keys, folder }: { readonly keys: string; readonly folder: string }) {
    this.world = new World({
      url,
      today: this.today,
      progressFile: join(folder, 'scenarios.json'),
      samples,
      bootstrapCode: () => readFileSync(join(keys, 'bootstrap.code'), 'utf8').trim(),
      say: () => {},
    });
  }

  async open() {
    for (const [i, step] of PROVINCE.entries()) {
      this.world.begin(i + 1);
      await step.run(this.world);
    }
  }

  get training(): Managed {
    const id = this.world.recall('training');
    return { id, manager: 'demo-ti-manager', preparer: 'demo-ti-preparer', head: 'demo-ti-approver' };
  }

  get evaluation(): Managed {
    const id = this.world.recall('evaluation');
    return { id, manager: 'demo-ei-manager', preparer: 'demo-ei-preparer', head: 'demo-ei-approver' };
  }

  /** The day so many days before today. Every scenario is in the past: the calendar is known there. */
  day(back: number) {
    return addDays(this.today, -back);
  }

  /** All services believe that it is so many days ago. */
  async at(back: number, time = '09:30:00') {
    const now = `${this.day(back)}T${time}+08:00`;
    await Promise.all(
      services.map((service) => this.world.as('demo-admin').put(`${service}/operations/clock`, { now })),
    );
  }

  as(loginName: string) {
    return this.world.as(loginName);
  }

  /** Whoever has just been given other roles: signs in anew. */
  anew(loginName: string, password = DEMO_PASSWORD) {
    return new Client(this.world.options.url, { loginName, password });
  }

  post<T = Record<string, unknown>>(who: string, path: string, body: object = {}, more: { ifMatch?: number } = {}) {
    return this.as(who).post<T>(path, body, { key: randomUUID(), ...more });
  }

  put<T = Record<string, unknown>>(who: string, path: string, body: object, ifMatch: number) {
    return this.as(who).put<T>(path, body, { key: randomUUID(), ifMatch });
  }

  async items<T>(who: string, path: string, query: Readonly<Record<string, string>> = {}): Promise<T[]> {
    return (await this.as(who).get<{ items: T[] }>(path, { limit: '200', ...query })).items;
  }

  async account(loginName: string, organisationId: string, roles: readonly string[]): Promise<string> {
    const { accountId } = await this.post<{ accountId: string }>('demo-admin', 'identity/accounts', {
      ...{ loginName, displayName: '欧阳建国', password: DEMO_PASSWORD, organisationId, roles },
    });
    return accountId;
  }

  /** A training institution of its own, in the directory until that day, for a scenario that others must not feel. */
  async institution(name: string, to = this.day(-500)): Promise<Institution> {
    const registering = { name: `${name}培训中心`, creditCode: null, cityCode: '370100', role: 'training-institution' };
    const { organisationId } = await this.post<{ organisationId: string }>(
      ...([OFFICER, 'institutions/organisations', registering] as const),
    );
    await this.post(OFFICER, 'institutions/directory-entries', {
      ...{ organisationId, role: 'training', occupationCode: '2-02-38-05', direction: null, levels: null },
      ...{ from: this.day(500), to, batch: '演示批次', source: '演示数据' },
    });
    const logins = { preparer: `preparer-${organisationId.slice(0, 8)}`, head: `head-${organisationId.slice(0, 8)}` };
    await this.account(logins.preparer, organisationId, ['training-preparer']);
    await this.account(logins.head, organisationId, ['training-approver']);
    return { id: organisationId, ...logins };
  }

  async entryOf(organisationId: string): Promise<Entry> {
    const [entry] = await this.items<Entry>(OFFICER, 'institutions/directory-entries', { organisationId });
    if (!entry) throw new Error('the directory has no entry of this institution');
    return entry;
  }

  async organisationVersion(organisationId: string) {
    return (await this.as(OFFICER).get<{ version: number }>(`institutions/organisations/${organisationId}`)).version;
  }

  /** The office sets a rule of the programme from that day on. */
  async rule(rule: string, value: object, from: string): Promise<string> {
    const { ruleId } = await this.post<{ ruleId: string }>(OFFICER, 'institutions/rules', {
      ...{ rule, scope: 'programme', edition: null, level: null, value, from, to: null },
      ...{ document: '省厅设定', article: '一', confidence: 'I' },
    });
    return ruleId;
  }

  /**
   * How long after what was done each of these holds. They are asked side by side and each is given the same time; it is
   * generous, because what is measured here must not fail on a machine that is busy.
   */
  async spread(what: string, asks: Readonly<Record<string, () => Promise<boolean>>>, most = 5000) {
    const since = performance.now();
    const measured = await Promise.all(
      Object.entries(asks).map(async ([name, holds]) => {
        while (!(await holds())) {
          if (performance.now() - since > most) throw new Error(`${name} has not heard of it: ${what}`);
          await pause(20);
        }
        return [name, Math.round(performance.now() - since)] as const;
      }),
    );
    this.figures[what] = Object.fromEntries(measured);
  }
}

/** The codes with which it is refused; none when it is done. */
export async function codesOf(asked: Promise<unknown>): Promise<string[]> {
  try {
    await asked;
    return [];
  } catch (error) {
    if (!(error instanceof UnexpectedAnswer)) throw error;
    const { reasons, code = '' } = error.problem;
    return reasons?.map((reason) => reason.code) ?? [code];
  }
}

/** Asks again while a neighbour has not yet heard what this rests on, and refuses with one of these codes. */
export async function onceHeard<T>(ask: () => Promise<T>, ...codes: string[]): Promise<T> {
  for (const end = Date.now() + 20_000; ; await pause(50)) {
    try {
      return await ask();
    } catch (error) {
      const reasons = error instanceof UnexpectedAnswer ? (error.problem.reasons ?? []) : [];
      if (Date.now() > end || !reasons.some(({ code }) => codes.includes(code))) throw error;
    }
  }
}

/** Asks again until it is so; says what did not happen well before the test itself is given up. */
export const until = <T>(ask: () => Promise<T>, done: (answer: T) => boolean, what: string) =>
  untilAtMost(ask, done, what, 20_000);

export { refusalOf };
