import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Day, List, OneOf, staffKinds, StaffRecorded, Text } from '@shuzheng/contracts';
import { announce, atLast, Audit, Clock, Database, Personal, refuseIf, together } from '@shuzheng/platform';
import { maskName, normalizeName } from '@shuzheng/regulation';
import { randomUUID } from 'node:crypto';
import { lockOrganisation } from '../data/organisations.js';
import { ownOrganisation } from '../data/own.js';
import { factsOf, inWords, keepQualifications, QualificationContent, staffEvent, StaffReceipt } from '../data/staff.js';
import { reasonsNotToKeepStaff, warningsOf } from '../domain/qualifying.js';

/** Put a teacher or an examiner on the list of the caller's own organisation. */
export class RecordStaff extends Command<StaffReceipt> {
  @OneOf(staffKinds) readonly kind!: string;
  @Text(1, 60, { description: '姓名；加密保存，列表中只显示部分' }) readonly name!: string;
  @List(() => QualificationContent, 0, 50) readonly qualifications!: QualificationContent[];
  @Day() readonly from!: string;
  @Day({ nullable: true, description: '最后一日；未定时为 null' }) readonly to!: string | null;
}

@CommandHandler(RecordStaff)
export class RecordStaffHandler implements ICommandHandler<RecordStaff> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly personal: Personal,
  ) {}

  execute({ kind, name: typed, qualifications, from, to }: RecordStaff) {
    const organisationId = ownOrganisation('staff:manage');
    return this.db.transaction(async (tx) => {
      const name = normalizeName(typed);
      const nameIndex = this.personal.nameIndex(name);
      const asked = { organisationId, kind, nameIndex, qualifications, day: this.clock.today() };
      // The list is read behind the lock, so that two of one name who come at once are told apart.
      const [{ cityCode, endedFrom }, { occupationsKnown, demandKnown, sameName }] = await together([
        lockOrganisation(tx, organisationId),
        factsOf(tx, asked),
      ]);
      const standing = { organisationEnded: endedFrom !== null, ended: false };
      refuseIf(reasonsNotToKeepStaff({ name, ...standing, from, to, qualifications, occupationsKnown }));

      const staffId = randomUUID();
      const staff = { kind, maskedName: maskName(name), from, to };
      const sealed = this.personal.seal('staff', 'name_sealed', staffId, name);
      const at = this.clock.now();
      const row = [staffId, organisationId, cityCode, kind, sealed, nameIndex, staff.maskedName, from, to, at];
      atLast(tx, insert, row);
      keepQualifications(tx, { staffId, organisationId, cityCode }, qualifications);
      const warnings = inWords(warningsOf({ qualifications, demandKnown, sameName }));
      announce(tx, StaffRecorded, staffEvent(staffId, organisationId, staff, qualifications));
      await this.audit.note({ subject: `staff:${staffId}`, detail: { kind, qualifications: qualifications.length } });
      return { staffId, version: 1, warnings };
    });
  }
}

const insert = `
  insert into staff (id, organisation_id, city_code, kind, name_sealed, name_index, masked_name, valid_from, valid_to, recorded_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;
