import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Int, List, Sha256, Uuid } from '@shuzheng/contracts';
import { Audit, Clock, Database, Files, sql, XLSX } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import { lockClass } from '../data/classes.js';
import { Enroller } from '../data/enroller.js';
import { type Incoming, RowWarning } from '../data/row-faults.js';
import { writer } from '../data/who.js';

export class RosterReceipt {
  @Uuid() readonly rosterId!: string;
  @Int(1, 500) readonly enrolled!: number;
  @Int(0, 500, { description: '此前已在班的行数；有这样的行时整份名单不予录入，故为 0' }) readonly repeated!: number;
  @Sha256() readonly sha256!: string;
  @List(() => RowWarning, 0, 500, { description: '提示，不影响录入' }) readonly warnings!: RowWarning[];
}

/** Take a roster workbook that has been read. It is kept, and its learners are in, or neither. */
export class UploadRoster extends Command<RosterReceipt> {
  constructor(
    readonly classId: string,
    readonly bytes: Buffer,
    readonly learners: Incoming,
  ) {
    super();
  }
}

@CommandHandler(UploadRoster)
export class UploadRosterHandler implements ICommandHandler<UploadRoster> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly files: Files,
    private readonly enroller: Enroller,
  ) {}

  execute({ classId, bytes, learners }: UploadRoster) {
    return this.db.transaction(async (tx) => {
      const { organisationId, cityCode } = await lockClass(tx, classId);
      const rosterId = randomUUID();
      const { seats, warnings } = await this.enroller.enroll(tx, classId, learners, { rosterId });
      const enrolled = seats.length;

      const { fileId, sha256 } = await this.files.keep(tx, bytes, { mediaType: XLSX, purpose: 'roster' });
      await sql(
        tx,
        `insert into roster (id, class_id, organisation_id, city_code, file_id, sha256, enrolled, uploaded_by, uploaded_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [rosterId, classId, organisationId, cityCode, fileId, sha256, enrolled, writer().accountId, this.clock.now()],
      );
      await this.audit.note({ subject: `class:${classId}`, detail: { rosterId, enrolled, sha256 } });
      return { rosterId, enrolled, repeated: 0, sha256, warnings };
    });
  }
}
