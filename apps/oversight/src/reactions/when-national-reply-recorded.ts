import { Injectable } from '@nestjs/common';
import { NationalReplyRecorded } from '@shuzheng/contracts';
import { Database, NotYet, On, sql } from '@shuzheng/platform';
import { startClocks } from '../data/clocks.js';
import { citiesOf } from '../data/stages.js';

@Injectable()
export class WhenNationalReplyRecorded {
  constructor(private readonly db: Database) {}

  /** 审核通过: thirty days to issue, from the approval date and not from the day it was told. */
  @On(NationalReplyRecorded)
  async startTheIssueClock(events: NationalReplyRecorded[]) {
    const approvals = events.filter(({ approved }) => approved > 0);
    await this.db.transaction(async (tx) => {
      await sql(tx, reply, [
        events.map(({ batchId }) => batchId),
        events.map(({ approved, returned }) => approved + returned),
      ]);
      const cities = await citiesOf(
        tx,
        approvals.map(({ batchId }) => batchId),
      );
      const starts = approvals.map(({ batchId, organisationId, approvedOn }) => {
        const cityCode = cities.get(batchId);
        if (cityCode === undefined) throw new NotYet('a batch has not been heard of');
        return { subjectId: batchId, approvedOn, organisationId, cityCode, day0: approvedOn };
      });
      await startClocks(tx, 'issue', starts);
    });
  }
}

const reply = `
  update stage set replied = stage.replied + heard.n
  from (select id, sum(n)::int as n from unnest($1::uuid[], $2::int[]) as heard (id, n) group by id) as heard
  where stage.id = heard.id`;
