import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { actor, Audit, Database, Missing, Personal, row, rows } from '@shuzheng/platform';
import { type DocumentKind, maskNumber } from '@shuzheng/regulation';
import { type Template, writeWorkbook } from '@shuzheng/workbooks';

/** 考生名单 for the doors of the exam rooms: names in plain, numbers masked, and a place to sign. */
const admissionList: Template = {
  code: 'admission-list',
  version: '1',
  sheet: '考生名单',
  columns: [
    { key: 'room', header: '考场', required: true, text: true, width: 14 },
    { key: 'seat', header: '座位', required: true, width: 8 },
    { key: 'admissionNumber', header: '准考证号', required: true, text: true, width: 22 },
    { key: 'name', header: '姓名', required: true, text: true, width: 16 },
    { key: 'number', header: '证件号码', required: true, text: true, width: 24 },
    { key: 'signature', header: '签名', required: false, text: true, width: 18 },
  ],
};

/** The admission list of a session whose candidates have been seated. */
export class WriteSeating extends Query<Buffer> {
  constructor(readonly sessionId: string) {
    super();
  }
}

interface Seated {
  readonly id: string;
  readonly room: string;
  readonly seat: number;
  readonly admissionNumber: string;
  readonly name: string;
  readonly documentKind: DocumentKind;
  readonly number: string;
}

@QueryHandler(WriteSeating)
export class WriteSeatingHandler implements IQueryHandler<WriteSeating> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
    private readonly personal: Personal,
  ) {}

  async execute({ sessionId }: WriteSeating): Promise<Buffer> {
    const seated = await this.seated(sessionId);
    const open = (column: string, id: string, sealed: string) => this.personal.open('application', column, id, sealed);
    return writeWorkbook(
      admissionList,
      seated.map(({ id, room, seat, admissionNumber, name, documentKind, number }) => ({
        ...{ room, seat, admissionNumber, name: open('name_sealed', id, name), signature: '' },
        number: maskNumber(documentKind, open('number_sealed', id, number)),
      })),
    );
  }

  /** Names leave in plain, so taking the file is recorded like a change. */
  private seated(sessionId: string) {
    return this.db.transaction(async (tx) => {
      const own = [sessionId, actor().organisationId];
      const session = await row(tx, 'select 1 from session where id = $1 and organisation_id = $2', own);
      if (!session) throw new Missing();
      const seated = await rows<Seated>(tx, seats, [sessionId]);
      await this.audit.note({ subject: `session:${sessionId}`, detail: { candidates: seated.length } });
      return seated;
    });
  }
}

const seats = `
  select a.id, c.room, c.seat, a.admission_number as "admissionNumber", a.name_sealed as name,
    a.document_kind as "documentKind", a.number_sealed as number
  from candidate_seat as c join application as a on a.id = c.application_id
  where c.session_id = $1 and a.state = 'qualified' order by c.room, c.seat`;
