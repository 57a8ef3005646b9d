import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { List, Text, Uuid } from '@shuzheng/contracts';
import { Audit, Database, Personal, rows } from '@shuzheng/platform';
import { maskName } from '@shuzheng/regulation';
import { ActivationCodes } from '../data/activation-codes.js';
import { lockClass } from '../data/classes.js';

export class ActivationCode {
  @Uuid() readonly enrolmentId!: string;
  @Text(1, 60, { nullable: true, description: '机构编号' }) readonly reference!: string | null;
  @Text(1, 10) readonly maskedName!: string;
  @Text(8, 8) readonly code!: string;
}

export class ActivationCodeList {
  @List(() => ActivationCode, 0, 500) readonly codes!: ActivationCode[];
}

/** Hand out the activation codes of a class. They are the same each time and are stored nowhere. */
export class RevealActivationCodes extends Command<ActivationCodeList> {
  constructor(readonly classId: string) {
    super();
  }
}

@CommandHandler(RevealActivationCodes)
export class RevealActivationCodesHandler implements ICommandHandler<RevealActivationCodes> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
    private readonly personal: Personal,
    private readonly codes: ActivationCodes,
  ) {}

  execute({ classId }: RevealActivationCodes) {
    return this.db.transaction(async (tx) => {
      await lockClass(tx, classId);
      const seats = await rows<{ enrolmentId: string; reference: string | null; person: string; name: string }>(
        tx,
        `select enrolment.id as "enrolmentId", reference, person.id as person, person.name_sealed as name
         from enrolment join person on person.id = person_id
         where class_id = $1 and state <> 'withdrawn' order by place`,
        [classId],
      );
      await this.audit.note({ subject: `class:${classId}`, detail: { codes: seats.length } });
      return {
        codes: seats.map(({ enrolmentId, reference, person, name }) => ({
          enrolmentId,
          reference,
          maskedName: maskName(this.personal.open('person', 'name', person, name)),
          code: this.codes.of(enrolmentId),
        })),
      };
    });
  }
}
