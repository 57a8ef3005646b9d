import { ApiProperty } from '@nestjs/swagger';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Code, Flag, Int, List, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { Audit, Database } from '@shuzheng/platform';
import { Allow } from 'class-validator';
import { type Entry, type OpenBook, ResultBook } from '../data/result-book.js';
import { type HandedIn, marksOf, scoreFaults } from '../domain/marking.js';
import { faultOfCandidate } from '../domain/recording.js';

/** Anything may stand where a mark should be: a bad mark costs its own item, not the whole call. */
const Mark = (): PropertyDecorator => (target, name) => {
  Allow()(target, name);
  ApiProperty({ type: Number, nullable: true, required: false, description: '百分制，最多一位小数' })(target, name);
};

export class ResultItem {
  @Code({ optional: true, description: '调用方自己的编号' }) readonly reference?: string;
  @Text(1, 40, { description: '准考证号' }) readonly admissionNumber!: string;
  @Mark() readonly theory?: unknown;
  @Mark() readonly ability?: unknown;
  @Flag({ optional: true, description: '缺考' }) readonly absent?: boolean;
  @Flag({ optional: true, description: '违纪' }) readonly violation?: boolean;
}

export class ResultItems {
  @List(() => ResultItem, 1, 2000) readonly results!: ResultItem[];
}

/** One item that was taken, by its place in the call. */
export class RecordedItem {
  @Int(0, 1999) readonly index!: number;
  @Uuid() readonly resultId!: string;
}
export class RefusedItem {
  @Int(0, 1999) readonly index!: number;
  @OneOf(['admissionNumber', 'theory', 'ability']) readonly field!: string;
  @Code() readonly rule!: string;
}
export class ItemsReceipt {
  @List(() => RecordedItem, 0, 2000) readonly recorded!: RecordedItem[];
  @List(() => RefusedItem, 0, 2000) readonly refused!: RefusedItem[];
}

/** Record results that came through the interface: each item stands or falls by itself. */
export class RecordResults extends Command<ItemsReceipt> {
  constructor(
    readonly sessionId: string,
    readonly results: readonly ResultItem[],
  ) {
    super();
  }
}

@CommandHandler(RecordResults)
export class RecordResultsHandler implements ICommandHandler<RecordResults> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
    private readonly book: ResultBook,
  ) {}

  execute({ sessionId, results }: RecordResults) {
    return this.db.transaction(async (tx) => {
      const book = await this.book.open(tx, sessionId);
      const { entries, refused } = judge(results, book);

      const resultIds = await this.book.write(
        tx,
        book,
        entries.map(({ entry }) => entry),
      );
      const recorded = entries.map(({ index, entry }) => ({
        index,
        resultId: resultIds.get(entry.applicationId) ?? '',
      }));
      await this.audit.note({
        subject: `session:${sessionId}`,
        detail: { recorded: recorded.length, refused: results.length - recorded.length },
      });
      return { recorded, refused };
    });
  }
}

/** Sorts the items into entries for the book and faults; the second of two items for one candidate is the repeat. */
function judge(results: readonly ResultItem[], book: OpenBook) {
  const seen = new Set<string>();
  const entries: { index: number; entry: Entry }[] = [];
  const refused: RefusedItem[] = [];
  for (const [index, item] of results.entries()) {
    const candidate = book.candidates.get(item.admissionNumber);
    const repeated = seen.has(item.admissionNumber);
    seen.add(item.admissionNumber);
    const rule = faultOfCandidate({ candidate, repeated, nameIndex: undefined, papers: book.session });
    const standing = candidate && book.standing.get(candidate.applicationId);
    const [scoreFault] = scoreFaults(handedIn(item), book.passMarks, standing);
    if (rule || !candidate) refused.push({ index, field: 'admissionNumber', rule: rule ?? 'candidate-unknown' });
    else if (scoreFault) refused.push({ index, field: scoreFault.paper, rule: scoreFault.rule });
    else {
      const marks = marksOf(handedIn(item), book.passMarks, standing);
      entries.push({ index, entry: { applicationId: candidate.applicationId, marks } });
    }
  }
  return { entries, refused };
}

const handedIn = ({ theory, ability, absent = false, violation = false }: ResultItem): HandedIn => ({
  theory,
  ability,
  absent,
  violation,
});
