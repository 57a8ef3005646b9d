import { Day, Int, Nested, OneOf, Prose, Texts, Uuid } from '../fields.js';
import { clockKinds, confidences } from '../words.js';

/** The notice a holiday table was read from; a part that is not known is empty. */
export class CalendarSource {
  @Prose(0, 200) readonly title!: string;
  @Prose(0, 100) readonly number!: string;
  @Prose(0, 40) readonly date!: string;
  @Prose(0, 200) readonly takenFrom!: string;
}

/** The holiday table of one year, as a whole. A later version replaces the earlier one. */
export class CalendarYearPublished {
  static readonly type = 'oversight.calendar-year-published.v1';
  static readonly aggregate = 'calendar';

  @OneOf(['statutory']) readonly calendar!: string;
  @Int(2000, 2200) readonly year!: number;
  @Int(1, 10000) readonly version!: number;
  @Day({ description: 'the notice covers the year to this day' }) readonly coversThrough!: string;
  @Texts(200) readonly holidays!: string[];
  @Texts(100) readonly makeUpWorkdays!: string[];
  @Nested(() => CalendarSource) readonly source!: CalendarSource;
  @OneOf(confidences) readonly confidence!: string;
}

/** The office has given a subject another day for one of its clocks; filings up to then are on time. */
export class DueDayExtended {
  static readonly type = 'oversight.due-day-extended.v1';
  static readonly aggregate = 'subjectId';

  @OneOf(clockKinds) readonly kind!: string;
  @Uuid({ description: 'the class, session or batch' }) readonly subjectId!: string;
  @Int(1, 1000, { description: 'part of a batch; 1 for everything else' }) readonly part!: number;
  @Uuid() readonly organisationId!: string;
  @Day({ optional: true, description: 'which approval’s thirty days to issue, where it is those' })
  readonly approvedOn?: string;
  @Day() readonly effectiveDueOn!: string;
  @Day() readonly decidedOn!: string;
}
