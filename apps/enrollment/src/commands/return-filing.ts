import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { FilingReturned, Int, List, OneOf, planKinds, Prose, Uuid } from '@shuzheng/contracts';
import { actor, announce, Audit, Clock, Database, refuseIf, sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import { lockFiling } from '../data/filings.js';
import { recipientOf } from '../data/recipients.js';
import { type PlanKind, type SectionCode, sectionCodes } from '../domain/plan-sections.js';
import { reasonsNotToReturn } from '../domain/returning-filings.js';

export class SectionFeedback {
  @OneOf(sectionCodes, { description: '需补正的部分' }) readonly section!: SectionCode;
  @Prose(2, 500, { description: '补正意见，培训机构看到同样的文字' }) readonly feedback!: string;
}

export class ReturnInput {
  @OneOf(planKinds) readonly kind!: PlanKind;
  @Int(1, 1000) readonly version!: number;
  @List(() => SectionFeedback, 1, 20) readonly sections!: SectionFeedback[];
}

export class FilingReturnedReceipt {
  @Uuid() readonly returnId!: string;
}

/** 退回补正: a recipient found a filing incomplete. It stays on file with its first date until it is filed again. */
export class ReturnFiling extends Command<FilingReturnedReceipt> {
  constructor(
    readonly planId: string,
    readonly input: ReturnInput,
  ) {
    super();
  }
}

@CommandHandler(ReturnFiling)
export class ReturnFilingHandler implements ICommandHandler<ReturnFiling> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ planId, input: { kind, version, sections: feedback } }: ReturnFiling) {
    return this.db.transaction(async (tx) => {
      const recipient = recipientOf(actor());
      const filing = await lockFiling(tx, { planId, kind, version }, recipient);
      const sections = feedback.map(({ section }) => section);
      refuseIf(reasonsNotToReturn({ ...filing, kind, sections }));

      const returnId = randomUUID();
      await sql(
        tx,
        `insert into filing_return (id, filing_id, plan_id, kind, version, recipient, organisation_id, city_code, sections, returned_by, returned_at)
         select $1, id, plan_id, kind, version, $3, organisation_id, city_code, $4, $5, $6 from filing where id = $2`,
        [returnId, filing.id, recipient, JSON.stringify(feedback), actor().accountId, this.clock.now()],
      );
      const { organisationId } = filing;
      const returnedOn = this.clock.today();
      announce(tx, FilingReturned, { planId, kind, version, recipient, organisationId, returnedOn, sections });
      await this.audit.note({ subject: `plan:${planId}`, detail: { version, recipient, sections } });
      return { returnId };
    });
  }
}
