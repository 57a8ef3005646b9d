import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Code, Day, Decimal, Flag, List, Nested, OneOf, Subject, Text, Uuid } from '@shuzheng/contracts';
import { Audit, Database, Personal, row, rows } from '@shuzheng/platform';
import { documentKinds, type DocumentKind } from '@shuzheng/regulation';
import type { EntityManager } from 'typeorm';
import { classStates } from '../domain/class-states.js';
import { attendedHours, seatColumns, seatsOf } from '../data/own-seats.js';
import { selected } from '../data/select.js';

/** A seat of somebody in a class. */
export class SeatFound {
  @Uuid() readonly enrolmentId!: string;
  @Uuid() readonly classId!: string;
  @Text(1, 100) readonly className!: string;
  @Text(1, 200, { nullable: true }) readonly organisationName!: string | null;
  @Nested(() => Subject) readonly subject!: Subject;
  @Day() readonly startsOn!: string;
  @Day() readonly endsOn!: string;
  @OneOf(classStates) readonly classState!: string;
  @Code({ description: '报名状态' }) readonly state!: string;
  @Flag({ nullable: true, description: '结业考核是否合格' }) readonly passed!: boolean | null;
  @Decimal(0, 100000, { description: '实修学时' }) readonly hours!: number;
  @Flag({ description: '持有培训合格证书' }) readonly certified!: boolean;
  @Text(1, 60, { nullable: true }) readonly certificateNumber!: string | null;
}

export class PersonFound {
  @Flag() readonly found!: boolean;
  @List(() => SeatFound, 0, 200) readonly classes!: SeatFound[];
}

const kinds = documentKinds.map(({ code }) => code);

/** Find somebody's classes by number and name together. A wrong pair is answered like an unknown one. */
export class LookUpPerson extends Command<PersonFound> {
  @Text(1, 100) readonly name!: string;
  @OneOf(kinds, { description: '证件类型代码' }) readonly documentKind!: DocumentKind;
  @Text(1, 40) readonly documentNumber!: string;
}

@CommandHandler(LookUpPerson)
export class LookUpPersonHandler implements ICommandHandler<LookUpPerson> {
  constructor(
    private readonly db: Database,
    private readonly personal: Personal,
    private readonly audit: Audit,
  ) {}

  execute({ name, documentKind, documentNumber }: LookUpPerson) {
    return this.db.transaction(async (tx) => {
      const number = this.personal.numberIndex(documentKind, documentNumber);
      const known = await row<{ person: string | null }>(tx, 'select person_of($1, $2) as person', [
        number,
        this.personal.nameIndex(name),
      ]);
      const classes = await this.seats(tx, known?.person ?? null);
      await this.audit.note({ detail: { lookedUp: 'person', classes: classes.length } });
      return { found: classes.length > 0, classes };
    });
  }

  /** Asked in the same way whether somebody was found or not; an institution sees its own classes only. */
  private seats(tx: EntityManager, personId: string | null) {
    return rows<SeatFound & Record<string, unknown>>(
      tx,
      `select ${selected({ ...seatColumns, hours: attendedHours })} from ${seatsOf}
       where enrolment.person_id = $1 order by class.starts_on desc, enrolment.id limit 200`,
      [personId],
    );
  }
}
