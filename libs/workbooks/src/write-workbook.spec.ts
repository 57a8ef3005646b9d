import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { neutralized, restored } from './neutralize.js';
import { readWorkbook } from './read-workbook.js';
import { readPart } from './testing/read-part.js';
import { packageTemplate, replyTemplate, resultTemplate, rosterTemplate } from './templates.js';
import { writeWorkbook } from './write-workbook.js';

const learners = Array.from({ length: 30 }, (_, index) => ({
  reference: `=cmd|${index}`,
  name: index % 2 ? '阿依努尔·买买提' : '刘𬸦',
  documentKind: '居民身份证',
  documentNumber: `37010219950307${String(index).padStart(4, '0')}`,
  phone: '+8613900000001',
  education: '大学本科',
  workplace: '_x0041_ <甲> & "乙" #N/A',
  personKind: '在职',
  retired: '否',
}));

it('gives back the thirty rows it wrote', async () => {
  const { rows, faults } = await readWorkbook(await writeWorkbook(rosterTemplate, learners), rosterTemplate);

  expect(faults).toEqual([]);
  expect(rows.map(({ cells }) => cells)).toEqual(learners);
  expect(rows.map(({ row }) => row)).toEqual(learners.map((_, index) => index + 2));
});

it('writes the same bytes for the same rows', async () => {
  const [once, twice] = await Promise.all([1, 2].map(() => writeWorkbook(rosterTemplate, learners)));

  expect(twice).toEqual(once);
});

it.each([
  ['xl/worksheets/sheet1.xml', 'roster-sheet.xml'],
  ['xl/styles.xml', 'roster-styles.xml'],
])('writes %s as the golden file has it', async (part, file) => {
  const bytes = await writeWorkbook(rosterTemplate, learners.slice(0, 1), { emptyRows: 1 });
  const golden = await readFile(new URL(`../golden/${file}`, import.meta.url), 'utf8');

  expect(broken(await readPart(bytes, part))).toBe(golden);
});

it('gives back any text that a person can type', async () => {
  const text = fc.string({
    unit: fc.constantFrom(...'甲𬸦王·_x0041_<&>"\'=+-@#N/A ０９\n\t'),
    minLength: 1,
    maxLength: 30,
  });
  const remarks = fc.sample(text, { numRuns: 300, seed: 1 }).map((remark) => remark.trim());
  const written = remarks.map((remark) => ({ admissionNumber: 'A1', name: '甲', remark }));

  const { rows, faults } = await readWorkbook(await writeWorkbook(resultTemplate, written), resultTemplate);

  expect(faults).toEqual([]);
  expect(rows.map(({ cells }) => cells.remark)).toEqual(remarks);
});

it('prepares empty rows that are no data', async () => {
  const bytes = await writeWorkbook(rosterTemplate, learners.slice(0, 1), { emptyRows: 200 });

  expect((await readWorkbook(bytes, rosterTemplate)).rows).toHaveLength(1);
});

it('writes numbers as numbers', async () => {
  const row = { admissionNumber: 'A1', name: '甲', theory: 89.5, ability: 0 };

  const { rows } = await readWorkbook(await writeWorkbook(resultTemplate, [row]), resultTemplate);

  expect(rows[0]?.cells).toMatchObject({ theory: '89.5', ability: '0', remark: '' });
});

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1', '＋1', '－1', '＠x', '#N/A', "'=1"])(
  'makes %j harmless',
  (text) => {
    expect(neutralized(text)).toBe(`'${text}`);
  },
);

it('leaves other text alone', () => {
  expect(['王䶮', "O'Brien", '', '3-1', '#1车间'].map(neutralized)).toEqual(['王䶮', "O'Brien", '', '3-1', '#1车间']);
});

it('restores whatever it made harmless', () => {
  const text = fc.string({ unit: fc.constantFrom(..."'=+-@\t\r＝#NA甲") });

  fc.assert(fc.property(text, (value) => restored(neutralized(value)) === value));
});

it.each([rosterTemplate, resultTemplate, packageTemplate, replyTemplate])(
  'has one key and one header for each column of $sheet',
  ({ columns }) => {
    expect(new Set(columns.map(({ key }) => key)).size).toBe(columns.length);
    expect(new Set(columns.map(({ header }) => header)).size).toBe(columns.length);
  },
);

/** One element a line, so that a difference can be read. */
function broken(xml: string): string {
  return `${xml.replaceAll('><', '>\n<')}\n`;
}
