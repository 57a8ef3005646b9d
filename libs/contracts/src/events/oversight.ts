import { Day, Int, Nested, OneOf, Text, Texts } from '../fields.js';
import { confidences } from '../words.js';

/** The notice a holiday table was read from; a part that is not known is empty. */
export class CalendarSource {
  @Text(0, 200) readonly title!: string;
  @Text(0, 100) readonly number!: string;
  @Text(0, 40) readonly date!: string;
  @Text(0, 200) readonly takenFrom!: string;
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
