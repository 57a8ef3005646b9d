import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Audit, Clock, Database, Missing, refuseIf, requireVersion, row, sql } from '@shuzheng/platform';
import type { Ending, VersionReceipt } from '../data/ending.js';
import { ownCity } from '../data/own.js';
import { reasonsNotToEnd } from '../domain/listing-locally.js';

/** Let an entry of the caller's own city end, with its basis. */
export class EndCityEntry extends Command<VersionReceipt> {
  constructor(
    readonly entryId: string,
    readonly ending: Ending,
  ) {
    super();
  }
}

@CommandHandler(EndCityEntry)
export class EndCityEntryHandler implements ICommandHandler<EndCityEntry> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ entryId: id, ending: { lastDay, basis } }: EndCityEntry) {
    const cityCode = ownCity();
    return this.db.transaction(async (tx) => {
      const entry = await row<{ from: string; to: string | null; ended: boolean; version: number }>(
        tx,
        `select valid_from as "from", valid_to as "to", end_basis is not null as ended, version from city_entry
         where id = $1 and city_code = $2 for update`,
        [id, cityCode],
      );
      if (!entry) throw new Missing();
      requireVersion(entry.version);
      refuseIf(reasonsNotToEnd({ ...entry, lastDay, today: this.clock.today() }));

      await sql(tx, 'update city_entry set valid_to = $2, end_basis = $3, version = version + 1 where id = $1', [
        id,
        lastDay,
        basis,
      ]);
      await this.audit.note({ subject: `city-entry:${id}`, detail: { cityCode, lastDay } });
      return { id, version: entry.version + 1 };
    });
  }
}
