import { Injectable } from '@nestjs/common';
import { FilingReceived, FilingReturned, PlanWithdrawn } from '@shuzheng/contracts';
import { Database, On, sql } from '@shuzheng/platform';
import { shanghaiDay } from '@shuzheng/regulation';

const tables = { training: 'plan', exam: 'exam_plan' } as const;
const kinds = ['training', 'exam'] as const;
const columns = { department: 'department_received', 'city-bureau': 'city_received' } as const;
const recipients = ['department', 'city-bureau'] as const;

@Injectable()
export class WhenFilingAnswered {
  constructor(private readonly db: Database) {}

  @On(FilingReceived)
  async receive(events: FilingReceived[]) {
    await this.db.transaction(async (tx) => {
      for (const kind of kinds)
        for (const recipient of recipients) {
          const heard = events.filter((event) => event.kind === kind && event.recipient === recipient);
          if (heard.length > 0)
            await sql(tx, setDay(tables[kind], columns[recipient]), [
              heard.map(({ planId }) => planId),
              heard.map(({ receivedAt }) => shanghaiDay(new Date(receivedAt))),
            ]);
        }
    });
  }

  @On(FilingReturned)
  async giveBack(events: FilingReturned[]) {
    await this.each(events, 'returned_on', ({ returnedOn }) => returnedOn);
  }

  @On(PlanWithdrawn)
  async withdraw(events: PlanWithdrawn[]) {
    await this.each(events, 'withdrawn_on', ({ withdrawnOn }) => withdrawnOn);
  }

  private each<E extends { planId: string; kind: string }>(events: E[], column: string, day: (event: E) => string) {
    return this.db.transaction(async (tx) => {
      for (const kind of kinds) {
        const heard = events.filter((event) => event.kind === kind);
        if (heard.length > 0)
          await sql(tx, setDay(tables[kind], column), [heard.map(({ planId }) => planId), heard.map(day)]);
      }
    });
  }
}

const setDay = (table: string, column: string) => `
  update ${table} set ${column} = heard.day
  from unnest($1::uuid[], $2::date[]) as heard (id, day) where ${table}.id = heard.id`;
