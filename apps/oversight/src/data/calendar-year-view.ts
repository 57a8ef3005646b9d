import { CalendarSource, confidences, Day, Int, Nested, OneOf, Texts } from '@shuzheng/contracts';

/** One year of the holiday table, as people read it. */
export class CalendarYearView {
  @Int(2000, 2200) readonly year!: number;
  @Int(1, 10000, { description: '修改时在 If-Match 中给出；尚未录入的年度为 0' }) readonly version!: number;
  @Day() readonly coversThrough!: string;
  @Texts(200) readonly holidays!: string[];
  @Texts(100) readonly makeUpWorkdays!: string[];
  @Nested(() => CalendarSource) readonly source!: CalendarSource;
  @OneOf(confidences) readonly confidence!: string;
}

export const yearColumns = {
  year: 'year',
  version: 'version',
  coversThrough: 'covers_through',
  holidays: `content->'holidays'`,
  makeUpWorkdays: `content->'makeUpWorkdays'`,
  source: `content->'source'`,
  confidence: `content->>'confidence'`,
};
