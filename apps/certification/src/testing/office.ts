import {
  CalendarYearPublished,
  DirectoryEntryRecorded,
  OccupationRecorded,
  OrganisationRegistered,
} from '@shuzheng/contracts';
import { type Caller, ServiceUnderTest, type TestOptions } from '@shuzheng/platform/testing';
import { seedCalendar } from '@shuzheng/regulation';
import { randomUUID } from 'node:crypto';
import { certification } from '../index.js';

export const OCCUPATION = '2-02-38-05';

/** One certification service with what it knows from the start, and everybody around it: the department and two institutions. */
export class Office {
  readonly service: ServiceUnderTest;
  readonly ei: string = randomUUID();
  readonly otherEi: string = randomUUID();

  constructor(options: TestOptions = {}) {
    this.service = new ServiceUnderTest(certification, { now: '2026-03-02T09:00:00+08:00', ...options });
  }

  async open() {
    await this.service.start();
    await this.service.hear(OccupationRecorded, {
      ...{ occupationCode: OCCUPATION, formerCode: null, name: '智能制造工程技术人员', confidence: 'T2', source: 'S8' },
    });
    for (const [organisationId, name] of [
      [this.ei, '海右评价中心'],
      [this.otherEi, '岱岳评价中心'],
    ] as const) {
      const role = 'evaluation-institution';
      await this.service.hear(OrganisationRegistered, {
        organisationId,
        name,
        creditCode: null,
        cityCode: '370100',
        role,
      });
      await this.enter(organisationId);
    }
    for (const { year, coversThrough, holidays, makeUpWorkdays, source, confidence } of seedCalendar.years) {
      await this.service.hear(CalendarYearPublished, {
        ...{ calendar: 'statutory', year, version: 1, coversThrough, source, confidence },
        holidays: [...holidays],
        makeUpWorkdays: [...makeUpWorkdays],
      });
    }
  }

  /** The institution is in the directory, whatever else is known of it. */
  enter(organisationId: string) {
    return this.service.hear(DirectoryEntryRecorded, {
      ...{ entryId: randomUUID(), organisationId, role: 'evaluation', occupationCode: OCCUPATION, direction: null },
      ...{ levels: null, from: '2025-01-01', to: null, batch: '2025-1', source: '测试' },
    });
  }

  close() {
    return this.service.stop();
  }

  private staff(name: string, permissions: string[]): Caller {
    const organisationId = '00000000-0000-4000-8000-000000370000';
    return this.service.as({ accountId: idOf(name), reach: 'province', organisationId, permissions });
  }

  readonly officer = () =>
    this.staff('officer', [
      'batches:read',
      'batches:propose',
      'signals:dismiss',
      'samples:draw',
      'rules:manage',
      'packages:send',
      'certificates:read',
      'certificates:amend',
    ]);
  /** The account of somebody of the department, by the name the tests give them. */
  accountOf(name: string) {
    return idOf(name);
  }
  readonly approver = (name = 'approver', more: string[] = []) =>
    this.staff(name, [
      ...more,
      'batches:read',
      'batches:propose',
      'batches:confirm',
      'certificates:read',
      'certificates:amend',
      'certificates:approve',
    ]);
  readonly recorder = () => this.staff('recorder', ['batches:read', 'replies:record']);

  /** The approver of an evaluation institution. */
  issuer(organisationId = this.ei): Caller {
    const permissions = ['certificates:issue', 'certificates:read', 'certificates:amend', 'batches:read'];
    return this.service.as({ accountId: idOf(organisationId), reach: 'organisation', organisationId, permissions });
  }

  /** Whoever prepares in an evaluation institution. */
  preparer(organisationId = this.ei): Caller {
    const permissions = ['certificates:read', 'certificates:amend', 'prints:manage', 'batches:read'];
    const accountId = idOf(`preparer of ${organisationId}`);
    return this.service.as({ accountId, reach: 'organisation', organisationId, permissions });
  }
}

const known = new Map<string, ReturnType<typeof randomUUID>>();
/** The same person has the same account each time. */
function idOf(name: string) {
  const id = known.get(name) ?? randomUUID();
  known.set(name, id);
  return id;
}
