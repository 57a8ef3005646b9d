import { type ReportedRow, ResultReportFiled } from '@shuzheng/contracts';
import { Personal } from '@shuzheng/platform';
import { replyTemplate, writeWorkbook } from '@shuzheng/workbooks';
import { randomUUID } from 'node:crypto';
import { OCCUPATION, Office } from './office.js';

export { OCCUPATION };
export const subject = {
  occupationCode: OCCUPATION,
  edition: '2021',
  level: 'junior',
  direction: '智能装备与产线应用',
};

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown> & { code?: string; reasons?: { code: string }[]; rows?: { rule: string }[] };
}

/** The codes a problem carries. */
export const codesOf = ({ body }: { body: { reasons?: { code: string }[] } }) =>
  (body.reasons ?? []).map(({ code }) => code);

/** The things of a list, as an answer carries them. */
export const each = (list: unknown) => list as Record<string, unknown>[];

export interface ReportOptions {
  readonly organisationId?: string;
  readonly sessionId?: string;
  readonly part?: number;
  readonly filedOn?: string;
  readonly more?: boolean;
  readonly rows?: readonly ReportedRow[];
}

/** What the people around the service do all day. */
export class Desk extends Office {
  /** A certificate that was asked to be amended, and is so when another person has approved it. */
  async amended(certificateId: string, act: AmendmentPath, request: object = defaults[act]) {
    const asked = await this.officer().post(`/certificates/${certificateId}/${act}`, request);
    const [id] = Object.values(asked.body as Record<string, string>);
    const { status, body } = await this.approver().post(`/${act}/${String(id)}/approve`);
    if (status !== 201) throw new Error(`not amended: ${JSON.stringify(body)}`);
    return { id: String(id), body: body as Record<string, string> };
  }

  /** A row of certificate data; every call is another person unless told otherwise. */
  row(more: Partial<ReportedRow> = {}): ReportedRow {
    const personal = new Personal('tests', ['index'], this.service.config);
    const name = more.name ?? '王小明';
    const documentNumber = more.documentNumber ?? '11010519491231002X';
    return {
      ...{ resultId: randomUUID(), applicationId: randomUUID(), personId: randomUUID(), classId: randomUUID() },
      ...{ name, documentKind: 'resident-id', documentNumber, condition: 1, theory: 80.5, ability: 75 },
      numberIndex: personal.numberIndex('resident-id', documentNumber),
      nameIndex: personal.nameIndex(name),
      certificateNumber: null,
      ...more,
    };
  }

  rows(count: number) {
    // No two with the same marks: that would be a signal.
    return Array.from({ length: count }, (_, i) =>
      this.row({ theory: 60 + (i % 80) / 2, ability: 60 + (Math.floor(i / 80) % 80) / 2 }),
    );
  }

  report(options: ReportOptions = {}): ResultReportFiled {
    const { organisationId = this.ei, sessionId = randomUUID(), part = 1, filedOn = '2026-03-02' } = options;
    const { rows = this.rows(1), more = false } = options;
    return {
      ...{ reportId: randomUUID(), sessionId, organisationId, organisationName: '海右评价中心', cityCode: '370100' },
      ...{ subject, lastPaperOn: '2026-02-10', part, filedAt: `${filedOn}T08:30:00.000+08:00`, filedOn },
      ...{ sat: rows.length, passed: rows.length, more, rows: [...rows] },
    };
  }

  /** A report arrives; the batch it makes. */
  async receive(options: ReportOptions = {}) {
    const report = this.report(options);
    await this.service.hear(ResultReportFiled, report);
    const [batch] = await this.service.query<{ id: string }>('select id from batch where session_id = $1', [
      report.sessionId,
    ]);
    return { batchId: batch?.id ?? '', sessionId: report.sessionId, report };
  }

  async rowsOf(batchId: string, state?: string) {
    return this.service.query<{
      id: string;
      registry_row: string;
      state: string;
      result_id: string;
      person_id: string;
    }>(
      'select id, registry_row, state, result_id, person_id from batch_row where batch_id = $1 and ($2::text is null or state = $2) order by number',
      [batchId, state ?? null],
    );
  }

  propose(batchId: string, proposals: object = { all: 'confirm' }) {
    return this.officer().post(`/batches/${batchId}/proposals`, proposals);
  }

  decide(batchId: string, decisions: object = { asProposed: true }) {
    return this.approver().post(`/batches/${batchId}/decisions`, decisions);
  }

  send(batchId: string) {
    return this.officer().post(`/batches/${batchId}/packages`);
  }

  /** A batch whose rows are all with the national office. */
  async sent(options: ReportOptions = {}) {
    const received = await this.receive(options);
    await this.propose(received.batchId);
    await this.decide(received.batchId);
    const { body } = await this.send(received.batchId);
    return { ...received, packageId: String((body as { packageId: string }).packageId) };
  }

  /** A reply that approves every row of the package, but for what is given for a row. */
  async replyFile(batchId: string, change: (line: ReplyRow, index: number) => ReplyRow | ReplyRow[] = (line) => line) {
    const lines = (await this.rowsOf(batchId, 'sent')).map(({ registry_row: registryRow }) => ({
      ...{ registryRow, decision: '通过', approvedOn: '', opinion: '' },
    }));
    return writeWorkbook(replyTemplate, lines.flatMap(change));
  }

  reply(packageId: string, bytes: Buffer, query: Record<string, string> = { approvedOn: '2026-03-02' }) {
    return this.recorder().upload(`/packages/${packageId}/replies`, bytes, { query });
  }

  /** A batch that the national office has approved. */
  async approved(options: ReportOptions = {}) {
    const sent = await this.sent(options);
    const { status } = await this.reply(sent.packageId, await this.replyFile(sent.batchId));
    if (status !== 201) throw new Error(`the reply was refused with ${status}`);
    return sent;
  }

  issue(batchId: string, order: object = {}, organisationId = this.ei) {
    return this.issuer(organisationId).post(`/batches/${batchId}/issue`, order) as Promise<Answer>;
  }

  /** Everything that is due has run, whether here or by the service's own poll, which may be in the middle of it. */
  async runTimers() {
    const due = `select 1 from timer where done_at is null and coalesce(retry_at, run_at) <= $1`;
    for (let i = 0; i < 500; i++) {
      await this.service.runTimers();
      if ((await this.service.query(due, [this.service.clock.now()])).length === 0) return;
      await new Promise((done) => setTimeout(done, 20));
    }
    throw new Error('timers stay due');
  }

  /** A batch whose certificates are issued. */
  async issued(options: ReportOptions = {}) {
    const approved = await this.approved(options);
    await this.issue(approved.batchId, {}, options.organisationId);
    await this.runTimers();
    const certificates = await this.service.query<{ id: string; registry_number: string; row_id: string }>(
      'select id, registry_number, row_id from certificate where batch_id = $1 order by registry_number',
      [approved.batchId],
    );
    return { ...approved, certificates };
  }

  /** What was announced of one kind for one batch. */
  async announced(type: string, batchId: string) {
    const all = await this.service.announced();
    return all.filter((event) => event.type === type && event.data['batchId'] === batchId).map(({ data }) => data);
  }
}

export interface ReplyRow extends Record<string, string> {
  registryRow: string;
  decision: string;
  approvedOn: string;
  opinion: string;
}

export type AmendmentPath = 'corrections' | 'suspensions' | 'reinstatements' | 'revocations' | 'replacements';
const defaults: Readonly<Record<AmendmentPath, object>> = {
  corrections: { kind: 'typo', changes: { holderName: '王晓明' }, reason: '录入有误' },
  suspensions: { reason: 'under-investigation', basis: '核查通知', reviewOn: '2026-12-31' },
  reinstatements: { reason: 'doubt-removed', basis: '核查结论' },
  revocations: { reason: 'issued-in-error', basis: '误发' },
  replacements: { reason: 'lost', basis: '遗失声明' },
};
