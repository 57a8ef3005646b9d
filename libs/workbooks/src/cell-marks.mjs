// hucre's stream gives a formula's cached value and an error's text like any other; this second look finds those cells.
import yauzl from 'yauzl';

const maxMarks = 100_000;
const maxPartLength = 5 * 1024 * 1024;
const maxTagLength = 64 * 1024;

/** The cells of the first sheet that hold a formula, an error or an inline reading aid, by `row:column`. */
export async function cellMarks(bytes) {
  const zip = await yauzl.fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const entries = new Map();
  for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
  const part = async (name) => textOf(await zip.openReadStreamPromise(entries.get(name)));
  const path = firstSheetPath(await part('xl/workbook.xml'), await part('xl/_rels/workbook.xml.rels'));
  return marksIn(await zip.openReadStreamPromise(entries.get(path)));
}

async function textOf(stream) {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) {
    text += chunk;
    if (text.length > maxPartLength) throw new Error('A directory part of the workbook is too long.');
  }
  return text;
}

function firstSheetPath(workbook, relationships) {
  const sheet = /<(?:[\w.-]+:)?sheet\s([^>]*)>/.exec(workbook)?.[1] ?? '';
  const id = attribute(sheet, '[\\w.-]+:id');
  const links = [...relationships.matchAll(/<(?:[\w.-]+:)?Relationship\s([^>]*)>/g)].map(([, link]) => link);
  const target = attribute(links.find((link) => attribute(link, 'Id') === id) ?? '', 'Target');
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}

const attribute = (text, name) => new RegExp(`(?:^|\\s)${name}\\s*=\\s*(["'])(.*?)\\1`).exec(text)?.[2] ?? '';

async function marksIn(stream) {
  const marks = new Map();
  const at = { row: 0, column: -1 };
  let rest = '';
  for await (const chunk of stream.setEncoding('utf8')) {
    const text = rest + chunk;
    const end = text.lastIndexOf('>') + 1;
    for (const tag of text.slice(0, end).matchAll(/<(?:[\w.-]+:)?(row|c|f|rPh)(?=[\s/>])([^>]*)>/g))
      note(marks, at, tag);
    if (marks.size > maxMarks) throw new Error('Too many cells are not plain values.');
    // A tag is short; only text grows long, and text need not be kept.
    rest = text.slice(end).slice(-maxTagLength);
  }
  return marks;
}

function note(marks, at, [, name, attributes]) {
  if (name === 'row') Object.assign(at, { row: Number(attribute(attributes, 'r')) || at.row + 1, column: -1 });
  else if (name === 'c') {
    at.column = columnOf(attribute(attributes, 'r')) ?? at.column + 1;
    if (attribute(attributes, 't') === 'e') marks.set(`${at.row}:${at.column}`, 'error');
  } else marks.set(`${at.row}:${at.column}`, name === 'f' ? 'formula' : 'aided');
}

function columnOf(reference) {
  const letters = /^[A-Za-z]+/.exec(reference)?.[0].toUpperCase();
  return letters && [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
