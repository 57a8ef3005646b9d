import type { Calendar } from './calendar.js';
import { dueAfterDays, dueAfterWorkingDays, type Due } from './clocks.js';
import type { Confidence } from './confidence.js';

export type ClockCode = 'training-report' | 'result-report' | 'confirmation' | 'issue';

/** A statutory time limit, as a dated record. */
export interface StatutoryClock {
  code: ClockCode;
  name: string;
  n: number;
  unit: 'day' | 'working-day';
  /** What happens on day 0, which is not counted. */
  startEvent: string;
  document: string;
  article: string;
  /** How well the length is known. */
  confidence: Confidence;
  /** How well the start is known: the text may leave open from when the period runs. */
  startConfidence: Confidence;
  /** In force from this day, and through the last one if there is one. */
  from: string;
  to?: string;
}

const policy = { document: '鲁人社字〔2022〕156号', confidence: 'T', from: '2022-12-08' } as const;

/** The four time limits of the program. Filing, national approval and returned parts have none. */
export const statutoryClocks: readonly StatutoryClock[] = [
  {
    ...policy,
    code: 'training-report',
    name: '学员名单和培训情况报送',
    n: 30,
    unit: 'day',
    startEvent: '培训结业',
    startConfidence: 'T',
    article: '四（二）',
  },
  {
    ...policy,
    code: 'result-report',
    name: '证书数据和考核情况报送',
    n: 30,
    unit: 'day',
    startEvent: '考核结束',
    startConfidence: 'T',
    article: '四（三）',
  },
  {
    ...policy,
    code: 'confirmation',
    name: '省厅确认',
    n: 10,
    unit: 'working-day',
    startEvent: '收到完整数据',
    startConfidence: 'I',
    article: '四（三）',
  },
  {
    ...policy,
    code: 'issue',
    name: '颁发专业技术等级证书',
    n: 30,
    unit: 'day',
    startEvent: '国家办公室审核通过',
    startConfidence: 'T',
    article: '四（三）',
  },
];

/** The time limit of that code in force on the day; undefined before the policy existed. */
export const statutoryClockOn = (code: ClockCode, day: string): StatutoryClock | undefined =>
  statutoryClocks.find((clock) => clock.code === code && clock.from <= day && (!clock.to || day <= clock.to));

/** When a period of that length, started on `day0`, is due. */
export const dueOf = ({ n, unit }: Pick<StatutoryClock, 'n' | 'unit'>, calendar: Calendar, day0: string): Due =>
  unit === 'day' ? dueAfterDays(calendar, day0, n) : dueAfterWorkingDays(calendar, day0, n);
