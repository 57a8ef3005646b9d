import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Prose, Text } from '@shuzheng/contracts';
import { Audit, Clock, Database, Missing, Personal, row, sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import { writer } from '../data/who.js';

export class UnmaskedNumber {
  @Text(1, 40) readonly documentNumber!: string;
}

export class UnmaskingReason {
  @Prose(2, 200) readonly reason!: string;
}

/** Read one whole document number, for a reason that is kept. The answer itself is stored nowhere. */
export class UnmaskNumber extends Command<UnmaskedNumber> {
  constructor(
    readonly enrolmentId: string,
    readonly reason: string,
  ) {
    super();
  }
}

@CommandHandler(UnmaskNumber)
export class UnmaskNumberHandler implements ICommandHandler<UnmaskNumber> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly personal: Personal,
  ) {}

  execute({ enrolmentId, reason }: UnmaskNumber) {
    return this.db.transaction(async (tx) => {
      const { accountId, organisationId } = writer();
      const person = await row<{ id: string; number: string }>(
        tx,
        `select person.id, person.number_sealed as number from enrolment join person on person.id = person_id
         where enrolment.id = $1 and organisation_id = $2`,
        [enrolmentId, organisationId],
      );
      if (!person) throw new Missing();
      await sql(
        tx,
        `insert into unmasking (id, enrolment_id, organisation_id, reason, account_id, at) values ($1, $2, $3, $4, $5, $6)`,
        [randomUUID(), enrolmentId, organisationId, reason, accountId, this.clock.now()],
      );
      await this.audit.note({ subject: `enrolment:${enrolmentId}`, detail: { unmasked: 'document-number' } });
      return { documentNumber: this.personal.open('person', 'number', person.id, person.number) };
    });
  }
}
