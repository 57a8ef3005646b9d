import type { Template } from '../template.js';
import { makeZip, type Part } from './make-zip.js';

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
export const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaging = 'http://schemas.openxmlformats.org/package/2006';

/** The parts of the smallest workbook, whose rows the test writes as XML itself. */
export const workbookParts = (rowsXml: string): Part[] => [
  { name: '[Content_Types].xml', data: `<Types xmlns="${packaging}/content-types"/>` },
  { name: '_rels/.rels', data: relationships('rId1', 'officeDocument', 'xl/workbook.xml') },
  {
    name: 'xl/workbook.xml',
    data: `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="甲" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  },
  { name: 'xl/_rels/workbook.xml.rels', data: relationships('rId1', 'worksheet', 'worksheets/sheet1.xml') },
  { name: 'xl/worksheets/sheet1.xml', data: sheetXml(rowsXml) },
];

export const sheetXml = (rowsXml: string) =>
  `<?xml version="1.0"?><worksheet xmlns="${main}"><sheetData>${rowsXml}</sheetData></worksheet>`;

export const makeWorkbook = (rowsXml: string) => makeZip(workbookParts(rowsXml));

export const headerXml = ({ columns }: Template) =>
  `<row r="1">${columns.map(({ header }) => textCell(header)).join('')}</row>`;

export const textCell = (text: string) => `<c t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`;

const relationships = (id: string, type: string, target: string) =>
  `<Relationships xmlns="${packaging}/relationships"><Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/></Relationships>`;
