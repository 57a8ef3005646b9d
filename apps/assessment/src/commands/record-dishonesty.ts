import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Day, OneOf, Prose, Text, Texts, Uuid } from '@shuzheng/contracts';
import { actor, Audit, Clock, Database, Missing, Personal, refuseIf, row, sql } from '@shuzheng/platform';
import { checkDocument, type DocumentKind, documentKinds, documentWarnings } from '@shuzheng/regulation';
import { randomUUID } from 'node:crypto';
import { dishonestyKinds, reasonsNotToList } from '../domain/dishonesty.js';

export class DishonestyReceipt {
  @Uuid() readonly dishonestyId!: string;
  @Texts(10, { description: '提示，如证件号码形式待核实' }) readonly warnings!: string[];
}

/** 失信: put somebody on the list, by a decision, until a day or for long. */
export class RecordDishonesty extends Command<DishonestyReceipt> {
  @OneOf(documentKinds.map(({ code }) => code)) readonly documentKind!: DocumentKind;
  @Text(1, 60) readonly documentNumber!: string;
  @Text(1, 60) readonly name!: string;
  @OneOf(Object.keys(dishonestyKinds)) readonly kind!: string;
  @Prose(2, 200, { description: '作出认定的文件及文号' }) readonly decision!: string;
  @Day() readonly from!: string;
  @Day({ optional: true, nullable: true, description: '记录期满日；长期记录不填' }) readonly to?: string | null;
}

@CommandHandler(RecordDishonesty)
export class RecordDishonestyHandler implements ICommandHandler<RecordDishonesty> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly personal: Personal,
  ) {}

  execute({ documentKind, documentNumber, name, kind, decision, from, to = null }: RecordDishonesty) {
    return this.db.transaction(async (tx) => {
      if (actor().reach !== 'province') throw new Missing();
      const checked = checkDocument(documentKind, documentNumber);
      const numberIndex = this.personal.numberIndex(documentKind, documentNumber);
      // Two officers who enter the same decision queue for it.
      await sql(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 1028))', [numberIndex]);
      const listed = await row(
        tx,
        'select 1 from dishonesty where number_index = $1 and decision = $2 and lifted_on is null',
        [numberIndex, decision],
      );
      refuseIf(reasonsNotToList({ listed: listed !== undefined, from, to, numberFault: !checked.ok }));

      const id = randomUUID();
      const seal = (column: string, plain: string) => this.personal.seal('dishonesty', column, id, plain);
      await sql(tx, insert, [
        ...[id, documentKind, seal('name_sealed', name), seal('number_sealed', documentNumber)],
        ...[this.personal.nameIndex(name), numberIndex, kind, decision, from, to],
        ...[actor().accountId, this.clock.now()],
      ]);
      await this.audit.note({ subject: `dishonesty:${id}`, detail: { kind, decision, from, to } });
      return { dishonestyId: id, warnings: documentWarnings(documentKind, documentNumber) };
    });
  }
}

const insert = `
  insert into dishonesty (id, document_kind, name_sealed, number_sealed, name_index, number_index, kind, decision, valid_from,
    valid_to, recorded_by, recorded_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`;
