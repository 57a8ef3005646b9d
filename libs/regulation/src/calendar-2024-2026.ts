import type { Calendar } from './calendar.js';
import { year2024 } from './calendar-2024.js';
import { year2025 } from './calendar-2025.js';
import { year2026 } from './calendar-2026.js';

/**
 * The seed of the holiday table. The days were written out from the npm package once and the arrangement of 2026 was
 * compared with the notice day by day; staff load the later years. At run time nothing depends on the package, which
 * silently takes every weekday beyond its data for a working day.
 */
export const seedCalendar: Calendar = { years: [year2024, year2025, year2026] };
