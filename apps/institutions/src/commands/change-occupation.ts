import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Code, Int, OccupationRecorded } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database, Missing, refuseIf, requireVersion, row, sql } from '@shuzheng/platform';
import {
  columnsOf,
  keepOccupation,
  OccupationContent,
  occupationEvent,
  queueForOccupations,
  whatIsNamed,
} from '../data/occupations.js';
import { requireProvince } from '../data/province-only.js';
import { reasonsNotToName } from '../domain/occupations.js';

export class OccupationVersionReceipt {
  @Code() readonly occupationCode!: string;
  @Int(1, 1_000_000) readonly version!: number;
}

/** Change what is known of an occupation; its code in the registry stays. */
export class ChangeOccupation extends Command<OccupationVersionReceipt> {
  constructor(
    readonly code: string,
    readonly content: OccupationContent,
  ) {
    super();
  }
}

@CommandHandler(ChangeOccupation)
export class ChangeOccupationHandler implements ICommandHandler<ChangeOccupation> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ code, content }: ChangeOccupation) {
    requireProvince('rules:manage');
    return this.db.transaction(async (tx) => {
      await queueForOccupations(tx);
      const found = await row<{ version: number }>(tx, 'select version from occupation where code = $1 for update', [
        code,
      ]);
      if (!found) throw new Missing();
      requireVersion(found.version);
      refuseIf(reasonsNotToName({ ...content, ...(await whatIsNamed(tx, code, content)), recorded: false }));

      await keepOccupation(tx, code, this.clock.now());
      await sql(tx, update, columnsOf(code, content));
      await keepOccupation(tx, code, this.clock.now());
      announce(tx, OccupationRecorded, occupationEvent(code, content));
      await this.audit.note({ subject: `occupation:${code}`, detail: { version: found.version + 1 } });
      return { occupationCode: code, version: found.version + 1 };
    });
  }
}

const update = `
  update occupation set name = $2, current_code = $3, current_confidence = $4, former_code = $5, former_confidence = $6,
    confidence = $7, source = $8, note = $9, changed_by = $10, version = version + 1
  where code = $1`;
