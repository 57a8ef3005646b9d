import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Day, List, StaffRecorded } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database, refuseIf, requireVersion, sql } from '@shuzheng/platform';
import { lockOrganisation } from '../data/organisations.js';
import { ownOrganisation } from '../data/own.js';
import {
  factsOf,
  inWords,
  replaceQualifications,
  lockStaff,
  QualificationContent,
  staffEvent,
  StaffReceipt,
} from '../data/staff.js';
import { reasonsNotToKeepStaff, warningsOf } from '../domain/qualifying.js';

export class StaffChange {
  @List(() => QualificationContent, 0, 50, { description: '全部资格；不再列出的即删去' })
  readonly qualifications!: QualificationContent[];
  @Day() readonly from!: string;
  @Day({ nullable: true }) readonly to!: string | null;
}

/** Change what a teacher or an examiner of the caller's own organisation is qualified for, or when. */
export class ChangeStaff extends Command<StaffReceipt> {
  constructor(
    readonly staffId: string,
    readonly change: StaffChange,
  ) {
    super();
  }
}

@CommandHandler(ChangeStaff)
export class ChangeStaffHandler implements ICommandHandler<ChangeStaff> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ staffId, change: { qualifications, from, to } }: ChangeStaff) {
    const organisationId = ownOrganisation('staff:manage');
    return this.db.transaction(async (tx) => {
      const { endedFrom } = await lockOrganisation(tx, organisationId);
      const { version: read, kind, cityCode, maskedName, ended } = await lockStaff(tx, staffId, organisationId);
      requireVersion(read);
      const { occupationsKnown, demandKnown } = await factsOf(tx, {
        organisationId,
        kind,
        qualifications,
        day: this.clock.today(),
      });
      const standing = { name: undefined, organisationEnded: endedFrom !== null, ended };
      refuseIf(reasonsNotToKeepStaff({ ...standing, from, to, qualifications, occupationsKnown }));

      const warnings = inWords(warningsOf({ qualifications, demandKnown, sameName: false }));
      await sql(tx, 'update staff set valid_from = $2, valid_to = $3, version = version + 1 where id = $1', [
        staffId,
        from,
        to,
      ]);
      await replaceQualifications(tx, { staffId, organisationId, cityCode }, qualifications);
      announce(tx, StaffRecorded, staffEvent(staffId, organisationId, { kind, maskedName, from, to }, qualifications));
      await this.audit.note({ subject: `staff:${staffId}`, detail: { qualifications: qualifications.length } });
      return { staffId, version: read + 1, warnings };
    });
  }
}
