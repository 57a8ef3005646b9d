import { expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { ruleSources } from '../../testing/rule-sources.js';

const page = new URL('../../../../../docs/rule-sources.md', import.meta.url);

/** What is left of a page when its tables are not aligned. */
const plain = (text: string) =>
  text
    .replace(/ *\| */g, '|')
    .replace(/-{3,}/g, '---')
    .replace(/\s*\n\s*/g, '\n')
    .trim();

it('docs/rule-sources.md says what the records say (to write it anew: WRITE_DOCS=1, then prettier)', () => {
  if (process.env['WRITE_DOCS']) writeFileSync(page, ruleSources());

  expect(plain(readFileSync(page, 'utf8'))).toBe(plain(ruleSources()));
});
