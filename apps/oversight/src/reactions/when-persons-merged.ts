import { Injectable } from '@nestjs/common';
import { PersonsMerged } from '@shuzheng/contracts';
import { Database, On } from '@shuzheng/platform';
import { mergePersons } from '../data/persons.js';

@Injectable()
export class WhenPersonsMerged {
  constructor(private readonly db: Database) {}

  @On(PersonsMerged)
  async merge(events: PersonsMerged[]) {
    await this.db.transaction(async (tx) => {
      // One after the other: a person may be merged into one who is merged in turn.
      for (const { mergedPersonId, personId } of events) await mergePersons(tx, [mergedPersonId], [personId]);
    });
  }
}
