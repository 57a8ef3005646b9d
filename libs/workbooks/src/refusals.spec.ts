import { expect, it } from '@jest/globals';
import { WorkbookRefused } from './refusal.js';
import { readWorkbook, type ReadLimits } from './read-workbook.js';
import { rosterTemplate } from './templates.js';
import { headerXml, makeWorkbook, sheetXml, textCell, workbookParts } from './testing/make-workbook.js';
import { makeZip } from './testing/make-zip.js';
import { writeWorkbook } from './write-workbook.js';

const header = headerXml(rosterTemplate);
const aRow = (number: number) => `<row r="${number}">${textCell('甲')}</row>`;
const manyRows = (count: number) => header + Array.from({ length: count }, (_, index) => aRow(index + 2)).join('');
const compoundFile = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(512)]);
const withPart = (name: string, data: Buffer | string) => makeZip([...workbookParts(manyRows(1)), { name, data }]);
const withSheet = (change: object) =>
  makeZip(workbookParts(manyRows(1)).map((part) => (part.name.endsWith('sheet1.xml') ? { ...part, ...change } : part)));

async function refusal(bytes: Buffer, limits?: ReadLimits): Promise<WorkbookRefused> {
  const outcome = await readWorkbook(bytes, rosterTemplate, limits).catch((error: unknown) => error);
  if (outcome instanceof WorkbookRefused) return outcome;
  throw new Error('The file was not refused.', { cause: outcome });
}

it.each<[string, string, Buffer]>([
  ['an empty file', 'workbook-no-content', Buffer.alloc(0)],
  ['an old .xls', 'workbook-old-format', compoundFile],
  [
    'an encrypted .xlsx',
    'workbook-encrypted',
    Buffer.concat([compoundFile, Buffer.from('EncryptedPackage', 'utf16le')]),
  ],
  ['a web page named .xls', 'workbook-web-page', Buffer.from('\ufeff<html><table>')],
  ['a renamed CSV', 'workbook-plain-text', Buffer.from('姓名,证件号码\r\n甲,1\r\n')],
  ['a renamed GBK CSV', 'workbook-plain-text', Buffer.from('d0d5c3fb2cd6a4bcfe0d0a', 'hex')],
  ['a picture', 'workbook-not-zip', Buffer.from('89504e470d0a1a0a0000', 'hex')],
  [
    'a PDF with a zip behind it',
    'workbook-not-zip',
    Buffer.concat([Buffer.from('%PDF-1.7\n\0'), makeWorkbook(header)]),
  ],
  ['any other zip', 'workbook-not-xlsx', makeZip([{ name: 'content.xml', data: '<office/>' }])],
  ['a workbook with macros', 'workbook-has-macros', withPart('xl/vbaProject.bin', 'x')],
  ['two parts of one name', 'workbook-damaged', withPart('xl/workbook.xml', '<workbook/>')],
  ['a part outside the archive', 'workbook-damaged', withPart('../../etc/passwd', 'x')],
  ['an encrypted part', 'workbook-encrypted', withSheet({ flags: 0x801 })],
  ['an unknown compression', 'workbook-damaged', withSheet({ method: 12 })],
  ['a part longer than it says', 'workbook-damaged', withSheet({ declaredSize: 40 })],
  ['a part that hides its length', 'workbook-damaged', withSheet({ declaredSize: 0 })],
  ['a sheet that is not XML', 'workbook-header-differs', withSheet({ data: 'hello' })],
  [
    'a row number beyond all sheets',
    'workbook-damaged',
    makeWorkbook(`${header}<row r="4000000000">${textCell('甲')}</row>`),
  ],
  ['a column beyond all sheets', 'workbook-damaged', makeWorkbook('<row r="1"><c r="ZZZZ1"><v>1</v></c></row>')],
  ['a header without rows', 'workbook-no-rows', makeWorkbook(header)],
  ['no header', 'workbook-header-differs', makeWorkbook('')],
])('refuses %s with %s', async (_, code, bytes) => {
  expect((await refusal(bytes)).code).toBe(code);
});

it('refuses a workbook cut off anywhere', async () => {
  const whole = await writeWorkbook(rosterTemplate, [{ name: '甲' }]);

  for (let length = 512; length < whole.length; length += 512) {
    expect((await refusal(whole.subarray(0, length))).code).toBe('workbook-damaged');
  }
});

it('refuses more bytes, rows or time than it was given', async () => {
  const bytes = makeWorkbook(manyRows(30));

  expect((await refusal(bytes, { maxBytes: 100 })).code).toBe('workbook-too-large');
  expect((await refusal(bytes, { maxRows: 29 })).code).toBe('workbook-too-many-rows');
  expect((await refusal(bytes, { deadlineMs: 1 })).code).toBe('workbook-timeout');
});

it('refuses more than two hundred parts', async () => {
  const parts = Array.from({ length: 201 }, (_, index) => ({ name: `xl/media/${index}.png`, data: '' }));

  expect((await refusal(makeZip(parts))).code).toBe('workbook-too-many-entries');
});

it('refuses a bomb without unpacking it', async () => {
  const bomb = withSheet({ data: Buffer.concat([Buffer.from(sheetXml(header)), Buffer.alloc(100_000_000)]) });
  const before = process.memoryUsage().rss;

  expect((await refusal(bomb)).code).toBe('workbook-expands-too-much');
  expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000);
});

it('stops a bomb that lies about its size where the lie ends', async () => {
  const bomb = withSheet({ data: Buffer.alloc(100_000_000, ' '), declaredSize: 1_000_000 });
  const before = process.memoryUsage().rss;

  expect((await refusal(bomb)).code).toBe('workbook-damaged');
  expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
});

it('says what each column of the header should be and what it is', async () => {
  const bytes = makeWorkbook(headerXml({ ...rosterTemplate, columns: rosterTemplate.columns.slice(1) }));

  const { code, advice } = await refusal(bytes);

  expect(code).toBe('workbook-header-differs');
  expect(advice).toMatch(/A1 应为“机构编号”，实为“姓名”；.*I1 应为“是否退休”，实为空；/);
});

it('does not repeat the number of a person found where the header should be', async () => {
  const bytes = makeWorkbook(`<row r="1">${textCell('37010219950307301X')}</row>`);

  expect((await refusal(bytes)).advice).not.toContain('370102');
});

it('reads several files at once', async () => {
  const outcomes = await Promise.all(Array.from({ length: 6 }, () => refusal(makeWorkbook(header))));

  expect(new Set(outcomes.map(({ code }) => code))).toEqual(new Set(['workbook-no-rows']));
});
