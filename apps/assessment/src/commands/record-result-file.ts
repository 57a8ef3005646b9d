import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Int, Sha256 } from '@shuzheng/contracts';
import { Audit, Database, Files, Personal, Refused, type RowFault, XLSX } from '@shuzheng/platform';
import { type OpenBook, ResultBook } from '../data/result-book.js';
import { cellOf, type ResultRow } from '../data/result-workbook.js';
import { marksOf, type Outcome, scoreFaults } from '../domain/marking.js';
import { faultOfCandidate } from '../domain/recording.js';
import { reasons } from '../domain/reasons.js';

export class ResultFileReceipt {
  @Int(0, 2000) readonly recorded!: number;
  @Int(0, 2000) readonly passed!: number;
  @Int(0, 2000) readonly failed!: number;
  @Int(0, 2000) readonly absent!: number;
  @Int(0, 2000) readonly violation!: number;
  @Sha256() readonly sha256!: string;
}

/** Record results from a workbook: nothing is taken unless every row can be. */
export class RecordResultFile extends Command<ResultFileReceipt> {
  constructor(
    readonly sessionId: string,
    readonly bytes: Buffer,
    readonly sheet: { readonly rows: readonly ResultRow[]; readonly faults: readonly RowFault[] },
  ) {
    super();
  }
}

@CommandHandler(RecordResultFile)
export class RecordResultFileHandler implements ICommandHandler<RecordResultFile> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
    private readonly files: Files,
    private readonly personal: Personal,
    private readonly book: ResultBook,
  ) {}

  execute({ sessionId, bytes, sheet }: RecordResultFile) {
    return this.db.transaction(async (tx) => {
      const book = await this.book.open(tx, sessionId);
      const faults = [...sheet.faults, ...this.rowFaults(sheet.rows, book)];
      if (faults.length > 0)
        throw new Refused(
          ['result-rows-wrong'],
          faults.sort((a, b) => (a.row ?? 0) - (b.row ?? 0)),
        );

      const entries = sheet.rows.map((row) => {
        const applicationId = book.candidates.get(row.admissionNumber)?.applicationId ?? '';
        return { applicationId, marks: marksOf(row, book.passMarks, book.standing.get(applicationId)) };
      });
      const { sha256 } = await this.files.keep(tx, bytes, { mediaType: XLSX, purpose: 'results' });
      await this.book.write(tx, book, entries, sha256);
      const count = (outcome: Outcome) => entries.filter(({ marks }) => marks.outcome === outcome).length;
      const counts = {
        recorded: entries.length,
        passed: count('passed'),
        failed: count('failed'),
        absent: count('absent'),
        violation: count('violation'),
      };
      await this.audit.note({ subject: `session:${sessionId}`, detail: { ...counts, sha256 } });
      return { ...counts, sha256 };
    });
  }

  /** Every fault of the rows that could be read, each with its cell. */
  private rowFaults(sheet: readonly ResultRow[], { candidates, passMarks, session, standing }: OpenBook): RowFault[] {
    const seen = new Set<string>();
    return sheet.flatMap((row) => {
      const repeated = seen.has(row.admissionNumber);
      seen.add(row.admissionNumber);
      const nameIndex = this.personal.nameIndex(row.name);
      const candidate = candidates.get(row.admissionNumber);
      const rule = faultOfCandidate({ candidate, repeated, nameIndex, papers: session });
      const column = rule === 'candidate-name-differs' ? 'name' : 'admissionNumber';
      return [
        ...(rule ? [{ ...cellOf(column, row.row), rule, advice: reasons[rule].advice }] : []),
        ...scoreFaults(row, passMarks, standing.get(candidate?.applicationId ?? '')).map(({ paper, rule }) => ({
          ...cellOf(paper, row.row),
          rule,
          advice: reasons[rule].advice,
        })),
      ];
    });
  }
}
