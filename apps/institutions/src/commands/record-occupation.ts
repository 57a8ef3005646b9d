import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Code, OccupationRecorded } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database, refuseIf, row, sql } from '@shuzheng/platform';
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

export class OccupationReceipt {
  @Code() readonly occupationCode!: string;
}

export class NewOccupation extends OccupationContent {
  @Code({ example: '2-02-38-14', description: '登记所用的编码，登记后不变' }) readonly code!: string;
}

/** Record an occupation that the programme has taken in. */
export class RecordOccupation extends Command<OccupationReceipt> {
  constructor(readonly occupation: NewOccupation) {
    super();
  }
}

@CommandHandler(RecordOccupation)
export class RecordOccupationHandler implements ICommandHandler<RecordOccupation> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ occupation }: RecordOccupation) {
    requireProvince('rules:manage');
    const { code } = occupation;
    return this.db.transaction(async (tx) => {
      await queueForOccupations(tx);
      const recorded = (await row(tx, 'select 1 from occupation where code = $1', [code])) !== undefined;
      refuseIf(reasonsNotToName({ ...occupation, ...(await whatIsNamed(tx, code, occupation)), recorded }));

      await sql(tx, insert, columnsOf(code, occupation));
      // Its standard is not known until somebody records it.
      await sql(tx, `insert into standard (occupation_code, confidence) values ($1, 'G')`, [code]);
      await keepOccupation(tx, code, this.clock.now());
      announce(tx, OccupationRecorded, occupationEvent(code, occupation));
      await this.audit.note({ subject: `occupation:${code}` });
      return { occupationCode: code };
    });
  }
}

const insert = `
  insert into occupation (code, name, current_code, current_confidence, former_code, former_confidence, confidence, source, note, changed_by)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;
