import { Injectable } from '@nestjs/common';
import { Database, Refused, row, sql, TooMany } from '@shuzheng/platform';
import { provesActivation } from './domain/registering.js';

const MOST = 10;

/** Counts how often somebody tries to register with one document number: codes are short, so guessing must end. */
@Injectable()
export class LearnerTries {
  constructor(private readonly db: Database) {}

  /** Each try counts before it is made, so that many at once are counted, too; whoever shows the right code is forgotten. */
  async counted<T>(numberIndex: string, work: () => Promise<T>): Promise<T> {
    const secondsLeft = await this.count(numberIndex);
    if (secondsLeft > 0) throw new TooMany(secondsLeft);
    try {
      const answer = await work();
      await this.forget(numberIndex);
      return answer;
    } catch (error) {
      if (error instanceof Refused && provesActivation(error.reasons)) await this.forget(numberIndex);
      throw error;
    }
  }

  private count(numberIndex: string) {
    return this.db.transaction(async (tx) => {
      await sql(tx, `delete from activation_try where since <= clock_timestamp() - interval '1 hour'`);
      const counted = await row<{ tries: number; secondsLeft: number }>(
        tx,
        `insert into activation_try as one (number_index, tries, since) values ($1, 1, clock_timestamp())
         on conflict (number_index) do update set tries = one.tries + 1
         returning tries, greatest(1, ceil(extract(epoch from since + interval '1 hour' - clock_timestamp())))::int as "secondsLeft"`,
        [numberIndex],
      );
      return counted && counted.tries > MOST ? counted.secondsLeft : 0;
    });
  }

  private forget(numberIndex: string) {
    return this.db.transaction((tx) => sql(tx, 'delete from activation_try where number_index = $1', [numberIndex]));
  }
}
