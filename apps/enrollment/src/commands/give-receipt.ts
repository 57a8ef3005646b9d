import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { FilingReceived, Int, OneOf, planKinds, Text, Uuid } from '@shuzheng/contracts';
import { actor, announce, Audit, Clock, Database, refuseIf, sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import { lockFiling, nextNumber } from '../data/filings.js';
import { recipientOf } from '../data/recipients.js';
import { reasonsNotToReceive } from '../domain/returning-filings.js';

export class ReceiptGiven {
  @Uuid() readonly receiptId!: string;
  @Text(1, 30) readonly number!: string;
}

export class WhichFiling {
  @OneOf(planKinds) readonly kind!: string;
  @Int(1, 1000) readonly version!: number;
}

/** Give the receipt of the department, or of the city's bureau, for one filing. */
export class GiveReceipt extends Command<ReceiptGiven> {
  constructor(
    readonly planId: string,
    readonly filing: WhichFiling,
  ) {
    super();
  }
}

@CommandHandler(GiveReceipt)
export class GiveReceiptHandler implements ICommandHandler<GiveReceipt> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ planId, filing: { kind, version } }: GiveReceipt) {
    return this.db.transaction(async (tx) => {
      const recipient = recipientOf(actor());
      const filing = await lockFiling(tx, { planId, kind, version }, recipient);
      refuseIf(reasonsNotToReceive(filing));

      const receiptId = randomUUID();
      const number = await nextNumber(tx, 'BA', this.clock.today());
      await sql(
        tx,
        `insert into receipt (id, filing_id, plan_id, kind, version, recipient, organisation_id, city_code, number, received_by, received_at)
         select $1, id, plan_id, kind, version, $3, organisation_id, city_code, $4, $5, $6 from filing where id = $2`,
        [receiptId, filing.id, recipient, number, actor().accountId, this.clock.now()],
      );
      announce(tx, FilingReceived, { planId, kind, recipient, receiptId, receivedAt: this.clock.instant() });
      await this.audit.note({ subject: `plan:${planId}`, detail: { version, recipient, number } });
      return { receiptId, number };
    });
  }
}
