import { readWorkbook, rosterTemplate } from '@shuzheng/workbooks';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { samples } from '../journeys/journey.js';
import { others } from './personal-commands.js';
import type { Needle } from './scanner.js';

export const CANARY = '370102199001017718';

/** The names, document numbers and phones of everybody in the journey and in what follows it. */
export async function needles(): Promise<Needle[]> {
  const { rows } = await readWorkbook(readFileSync(join(samples, 'roster-30.xlsx')), rosterTemplate);
  const learners = rows.flatMap(({ cells }, i) => [
    { what: `name ${i + 1}`, text: cells['name'] ?? '' },
    { what: `number ${i + 1}`, text: cells['documentNumber'] ?? '' },
    { what: `phone ${i + 1}`, text: cells['phone'] ?? '' },
  ]);
  return [...learners, ...others];
}

export const canary: Needle = { what: 'canary', text: CANARY };
