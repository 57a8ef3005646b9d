import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { actor, Audit, Database, Missing, Personal, row, rows } from '@shuzheng/platform';
import { resultTemplate, writeWorkbook } from '@shuzheng/workbooks';

/** The result workbook of a session with its candidates filled in, ready for the marks. */
export class WriteAdmissions extends Query<Buffer> {
  constructor(readonly sessionId: string) {
    super();
  }
}

@QueryHandler(WriteAdmissions)
export class WriteAdmissionsHandler implements IQueryHandler<WriteAdmissions> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
    private readonly personal: Personal,
  ) {}

  async execute({ sessionId }: WriteAdmissions): Promise<Buffer> {
    const candidates = await this.candidatesOf(sessionId);
    return writeWorkbook(
      resultTemplate,
      candidates.map(({ id, admissionNumber, name }) => ({
        admissionNumber,
        name: this.personal.open('application', 'name_sealed', id, name),
      })),
    );
  }

  /** Names leave in plain, so taking the file is recorded like a change. */
  private candidatesOf(sessionId: string) {
    return this.db.transaction(async (tx) => {
      const own = await row(tx, 'select 1 from session where id = $1 and organisation_id = $2', [
        sessionId,
        actor().organisationId,
      ]);
      if (!own) throw new Missing();
      const candidates = await rows<{ id: string; admissionNumber: string; name: string }>(
        tx,
        `select id, admission_number as "admissionNumber", name_sealed as name from application
         where session_id = $1 and state = 'qualified' order by length(admission_number), admission_number`,
        [sessionId],
      );
      await this.audit.note({ subject: `session:${sessionId}`, detail: { candidates: candidates.length } });
      return candidates;
    });
  }
}
