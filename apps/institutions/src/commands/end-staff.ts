import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { StaffRecorded } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database, refuseIf, requireVersion, rows, sql } from '@shuzheng/platform';
import type { Ending, VersionReceipt } from '../data/ending.js';
import { ownOrganisation } from '../data/own.js';
import { lockStaff, staffEvent } from '../data/staff.js';
import { reasonsNotToEnd } from '../domain/listing-locally.js';

/** Take a teacher or an examiner of the caller's own organisation off the list after a last day. */
export class EndStaff extends Command<VersionReceipt> {
  constructor(
    readonly staffId: string,
    readonly ending: Ending,
  ) {
    super();
  }
}

@CommandHandler(EndStaff)
export class EndStaffHandler implements ICommandHandler<EndStaff> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ staffId, ending: { lastDay, basis } }: EndStaff) {
    const organisationId = ownOrganisation('staff:manage');
    return this.db.transaction(async (tx) => {
      const staff = await lockStaff(tx, staffId, organisationId);
      requireVersion(staff.version);
      refuseIf(reasonsNotToEnd({ ...staff, lastDay, today: this.clock.today() }));

      await sql(tx, 'update staff set valid_to = $2, end_basis = $3, version = version + 1 where id = $1', [
        staffId,
        lastDay,
        basis,
      ]);
      const qualifications = await rows<{ occupationCode: string; level: string | null }>(
        tx,
        `select occupation_code as "occupationCode", level from staff_qualification where staff_id = $1 order by nth`,
        [staffId],
      );
      announce(tx, StaffRecorded, staffEvent(staffId, organisationId, { ...staff, to: lastDay }, qualifications));
      await this.audit.note({ subject: `staff:${staffId}`, detail: { lastDay } });
      return { id: staffId, version: staff.version + 1 };
    });
  }
}
