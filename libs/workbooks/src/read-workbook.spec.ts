import { expect, it } from '@jest/globals';
import type { Template } from './template.js';
import { readWorkbook } from './read-workbook.js';
import { headerXml, makeWorkbook, office, textCell, workbookParts } from './testing/make-workbook.js';
import { makeZip } from './testing/make-zip.js';

const template: Template = {
  code: 'small',
  version: '1',
  sheet: '甲',
  columns: [
    { key: 'name', header: '姓名', required: true, text: true, maxLength: 10 },
    { key: 'number', header: '证件号码', required: true, text: true },
    { key: 'score', header: '成绩', required: false },
  ],
};
const row = (number: number, ...cells: string[]) => `<row r="${number}">${cells.join('')}</row>`;
const read = (...rows: string[]) => readWorkbook(makeWorkbook(headerXml(template) + rows.join('')), template);
const number = (value: string) => `<c><v>${value}</v></c>`;
const good = [textCell('王䶮'), textCell('37010219950307301X')];

it('gives every cell as trimmed text under its key', async () => {
  const { rows, faults } = await read(row(2, textCell('\u00a0 王䶮　'), textCell('X1'), number('89.50')));

  expect(faults).toEqual([]);
  expect(rows).toEqual([{ row: 2, cells: { name: '王䶮', number: 'X1', score: '89.5' } }]);
});

it('leaves full-width digits as they came', async () => {
  const { rows } = await read(row(2, textCell('甲'), textCell('３７０'), textCell('９０')));

  expect(rows[0]?.cells).toEqual({ name: '甲', number: '３７０', score: '９０' });
});

it('names the cell where an identity number was kept as a number', async () => {
  const { rows, faults } = await read(row(17, textCell('甲'), number('370102199503073010')));

  expect(faults).toMatchObject([{ row: 17, column: '证件号码', cell: 'B17', rule: 'cell-number-in-text-column' }]);
  expect(rows[0]?.cells.number).toBe('');
});

it('tells all faults of all rows at once', async () => {
  const { faults } = await read(
    row(2, textCell('甲'.repeat(11)), textCell('')),
    row(3, ...good),
    row(4, '<c t="str"><f>A1&amp;"x"</f><v>甲</v></c>', '<c t="e"><v>#REF!</v></c>', textCell('乱\ufffd')),
    row(5, ...good, '<c/>', textCell('右侧')),
  );

  expect(faults.map(({ cell, rule }) => `${cell} ${rule}`)).toEqual([
    'A2 cell-too-long',
    'B2 cell-required',
    'A4 cell-formula',
    'B4 cell-error',
    'C4 cell-unreadable',
    'D5 cell-outside-columns',
  ]);
});

it('never repeats a cell in the advice', async () => {
  const { faults } = await read(row(2, textCell('张三'.repeat(9)), number('370102199503073010')));

  expect(JSON.stringify(faults)).not.toMatch(/张三|370102/);
});

it('takes the base text of rich text and leaves reading aids out', async () => {
  const rich = '<c t="inlineStr"><is><r><t>王</t></r><r><rPr><b/></rPr><t>䶮</t></r></is></c>';
  const aided = '<c t="inlineStr"><is><t>王</t><rPh sb="0" eb="1"><t>wáng</t></rPh></is></c>';

  const { rows, faults } = await read(row(2, rich, textCell('1')), row(3, aided, textCell('2')));

  expect(rows.map(({ cells }) => cells.name)).toEqual(['王䶮', '']);
  expect(faults).toMatchObject([{ cell: 'A3', rule: 'cell-reading-aid' }]);
});

it('skips blank rows, however many, and keeps the numbers of the others', async () => {
  const blanks = Array.from({ length: 5000 }, (_, index) => `<row r="${index + 2}"><c r="A${index + 2}"/></row>`);

  const { rows } = await read(...blanks, row(9000, ...good));

  expect(rows.map(({ row }) => row)).toEqual([9000]);
});

it('follows cell references where cells are left out', async () => {
  const { rows } = await read('<row r="2"><c r="C2"><v>60</v></c></row>');

  expect(rows[0]?.cells).toMatchObject({ name: '', score: '60' });
});

it('reads dates and long numbers as a person would write them', async () => {
  const styles = '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>';
  const parts = workbookParts(
    headerXml(template) + row(2, ...good, '<c s="1"><v>46346</v></c>') + row(3, ...good, number('1.39E10')),
  );
  const link = `<Relationship Id="rId9" Type="${office}/styles" Target="styles.xml"/></Relationships>`;
  const styled = parts.map((part) =>
    part.name === 'xl/_rels/workbook.xml.rels'
      ? { ...part, data: String(part.data).replace('</Relationships>', link) }
      : part,
  );

  const { rows } = await readWorkbook(makeZip([...styled, { name: 'xl/styles.xml', data: styles }]), template);

  expect(rows.map(({ cells }) => cells.score)).toEqual(['2026-11-20', '13900000000']);
});
