import { seedCalendar } from '@shuzheng/regulation';

const [year] = seedCalendar.years.filter(({ year }) => year === 2026);

/** The holiday table of 2026, as oversight announces it. */
export const calendar2026 = {
  calendar: 'statutory',
  year: 2026,
  version: 1,
  coversThrough: year?.coversThrough ?? '',
  holidays: [...(year?.holidays ?? [])],
  makeUpWorkdays: [...(year?.makeUpWorkdays ?? [])],
  source: { ...(year?.source ?? { title: '', number: '', date: '', takenFrom: '' }) },
  confidence: year?.confidence ?? 'G',
};
