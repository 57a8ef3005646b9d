import { ServiceUnderTest } from '@shuzheng/platform/testing';
import { institutions } from '../index.js';

/** The service with its reference data loaded, and an officer of the department. */
export class Institutions extends ServiceUnderTest {
  constructor() {
    super(institutions);
  }

  override async start() {
    await super.start();
    await this.loaded();
  }

  /** The service looks for timers by itself too: whoever took one has finished. */
  async loaded() {
    await this.runTimers();
    while ((await this.query('select 1 from timer where done_at is null')).length > 0) await this.runTimers();
  }

  /** The next release brings its reference data. */
  async loadAgain(key: string) {
    await this.query(`insert into timer (kind, key, run_at) values ('load-reference-data', $1, '-infinity')`, [key]);
    await this.loaded();
  }

  readonly officer = this.as({
    permissions: ['organisations:manage', 'organisations:suspend', 'directory:manage', 'rules:manage'],
    reach: 'province',
  });

  private named = 0;

  /** Each with a name of its own, unless the test gives one. */
  async anOrganisation(role = 'training-institution', name = `泉城智能制造培训中心${++this.named}`): Promise<string> {
    const { body } = await this.officer.post('/organisations', { name, creditCode: null, cityCode: '370100', role });
    return (body as { organisationId: string }).organisationId;
  }

  async anEntry(entry: object): Promise<string> {
    const { body } = await this.officer.post('/directory-entries', entry);
    return (body as { entryId: string }).entryId;
  }
}

/** A row of the directory that is just allowed. */
export const anEntry = (organisationId: string, more: object = {}) => ({
  organisationId,
  role: 'training',
  occupationCode: '2-02-38-05',
  direction: null,
  levels: ['junior'],
  from: '2026-01-01',
  to: '2026-06-30',
  batch: '第一批',
  source: '公布的目录',
  ...more,
});

/** Which rules a refusal names. */
export const codesOf = (body: unknown) => (body as { reasons: { code: string }[] }).reasons.map(({ code }) => code);

/** Which fields a malformed request names. */
export const fieldsOf = (body: unknown) => (body as { faults: { field: string }[] }).faults.map(({ field }) => field);

/** Which cells of a workbook a refusal names, with the rule of each. */
export const cellsOf = (body: unknown) =>
  (body as { rows: { cell?: string; rule: string }[] }).rows.map(({ cell, rule }) => `${cell} ${rule}`);
