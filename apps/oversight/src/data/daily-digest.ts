import { Injectable } from '@nestjs/common';
import { Clock, rows, schedule, sql, type TimerHandler } from '@shuzheng/platform';
import { addDays, daysBetween } from '@shuzheng/regulation';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { momentAt } from '../domain/digests.js';

interface Due {
  readonly accountId: string;
  readonly organisationId: string;
  readonly clockId: string;
  readonly kind: string;
  readonly subjectId: string;
  readonly part: number | null;
  readonly dueOn: string;
  readonly told: readonly string[];
}

/**
 * A26: once a day, one message for each account, of all that has come to three days left, one day left or one day past.
 * What was told is not told again. Messages are kept here and read here: no mail gateway is known, a port for one may
 * hear of them later.
 */
@Injectable()
export class DailyDigest implements TimerHandler {
  readonly kind = 'daily-digest';

  constructor(private readonly clock: Clock) {}

  async run(_payload: object, tx: EntityManager) {
    const today = this.clock.today();
    const items = (await rows<Due & Record<string, unknown>>(tx, due, [addDays(today, 3)])).flatMap((item) => {
      const daysLeft = daysBetween(today, item.dueOn);
      const moment = momentAt(daysLeft);
      return moment && !item.told.includes(moment) ? [{ ...item, daysLeft, moment }] : [];
    });
    await this.keep(tx, today, items);
    // At seven in the morning of the next day; a day on which nothing ran is not made up for, its moments are.
    const tomorrow = addDays(today, 1);
    await schedule(tx, this.kind, `digest:${tomorrow}`, new Date(`${tomorrow}T07:00:00+08:00`));
  }

  private async keep(tx: EntityManager, today: string, items: readonly (Due & { daysLeft: number; moment: string })[]) {
    const accounts = [...new Set(items.map(({ accountId }) => accountId))];
    const made = await rows<{ id: string; accountId: string }>(tx, make, [
      ...[accounts.map(() => randomUUID()), accounts, today, this.clock.now()],
    ]);
    const digests = new Map(made.map(({ id, accountId }) => [accountId, id]));
    const listed = items.filter(({ accountId }) => digests.has(accountId));
    await sql(tx, list, [
      listed.map(({ accountId }) => digests.get(accountId)),
      listed.map(({ accountId }) => accountId),
      listed.map(({ organisationId }) => organisationId),
      listed.map(({ clockId }) => clockId),
      listed.map(({ kind }) => kind),
      listed.map(({ subjectId }) => subjectId),
      listed.map(({ part }) => part),
      listed.map(({ dueOn }) => dueOn),
      listed.map(({ daysLeft }) => daysLeft),
      listed.map(({ moment }) => moment),
    ]);
  }
}

// Whoever may do the act is told: of the institution whose turn it is, or of the department.
const due = `
  select recipient.account_id as "accountId", recipient.organisation_id as "organisationId", clock.id as "clockId", clock.kind,
    clock.subject_id as "subjectId", clock.part, clock.effective_due as "dueOn",
    array(
      select item.moment from digest_item as item
      where item.account_id = recipient.account_id and item.clock_id = clock.id and item.due_on = clock.effective_due
    ) as told
  from clock join recipient on
    (clock.kind = 'training-report' and recipient.organisation_id = clock.organisation_id and 'training-report:file' = any(recipient.permissions))
    or (clock.kind = 'result-report' and recipient.organisation_id = clock.organisation_id and 'result-report:file' = any(recipient.permissions))
    or (clock.kind = 'issue' and recipient.organisation_id = clock.organisation_id and 'certificates:issue' = any(recipient.permissions))
    or (clock.kind = 'confirmation' and recipient.reach = 'province'
      and recipient.permissions && array['batches:propose', 'batches:confirm'])
  where clock.state = 'running' and clock.effective_due <= $1
  order by recipient.account_id, clock.effective_due, clock.id`;

// Who has had today's message gets no second one: what comes up later in the day is told tomorrow.
const make = `
  insert into digest (id, account_id, day, made_at)
  select id, account_id, $3, $4 from unnest($1::uuid[], $2::uuid[]) as made (id, account_id)
  on conflict (account_id, day) do nothing
  returning id, account_id as "accountId"`;

// An account of two offices that may both do it is told once.
const list = `
  insert into digest_item (digest_id, account_id, organisation_id, clock_id, kind, subject_id, part, due_on, days_left, moment)
  select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::uuid[], $7::int[], $8::date[], $9::int[], $10::text[])
  on conflict (account_id, clock_id, due_on, moment) do nothing`;
