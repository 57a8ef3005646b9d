import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A personal value, and where it was found in which form. It never repeats the value. */
export interface Leak {
  readonly what: string;
  readonly form: string;
  readonly where: string;
}

export interface Needle {
  readonly what: string;
  readonly text: string;
}

/** Every form in which text could lie about: plain, base64 at each of its three offsets, hexadecimal, percent- and JSON-escaped, UTF-16 both ways. */
export function formsOf(text: string): [form: string, bytes: Buffer][] {
  const plain = Buffer.from(text, 'utf8');
  const escaped = JSON.stringify(text).slice(1, -1);
  const ascii = [...text].map((sign) => (sign.charCodeAt(0) > 127 ? [...sign].map(unicode).join('') : sign)).join('');
  return [
    ['plain', plain],
    ['hex', Buffer.from(plain.toString('hex'))],
    ['HEX', Buffer.from(plain.toString('hex').toUpperCase())],
    // Two signs are four bytes, which occur by chance in as many files as these.
    ...(text.length > 2 ? utf16(text) : []),
    ['url', Buffer.from(encodeURIComponent(text))],
    ['url', Buffer.from(encodeURIComponent(text).toLowerCase())],
    ...[0, 1, 2].flatMap((offset) => base64At(plain, offset)),
    ...(escaped === text ? [] : [['json', Buffer.from(escaped)] as [string, Buffer]]),
    ...(ascii === text ? [] : [['json-ascii', Buffer.from(ascii)] as [string, Buffer]]),
  ];
}

const unicode = (sign: string) =>
  Array.from({ length: sign.length }, (_, i) => `\\u${sign.charCodeAt(i).toString(16).padStart(4, '0')}`).join('');

const utf16 = (text: string): [string, Buffer][] => [
  ['utf-16', Buffer.from(text, 'utf16le')],
  ['utf-16', Buffer.from(text, 'utf16le').swap16()],
];

/** Base64 of text inside of other bytes differs by where it begins: only the characters that its own bits fill are sure. */
function base64At(plain: Buffer, offset: number): [string, Buffer][] {
  const coded = Buffer.concat([Buffer.alloc(offset), plain]).toString('base64');
  const sure = coded.slice(Math.ceil((8 * offset) / 6), Math.floor((8 * (offset + plain.length)) / 6));
  const url = sure.replaceAll('+', '-').replaceAll('/', '_');
  return [
    ['base64', Buffer.from(sure)],
    ...(url === sure ? [] : [['base64url', Buffer.from(url)] as [string, Buffer]]),
  ];
}

/** Looks for every form of every needle in these bytes. */
export function scanBytes(where: string, bytes: Buffer, needles: readonly Needle[]): Leak[] {
  return needles.flatMap(({ what, text }) =>
    formsOf(text).flatMap(([form, wanted]) => (bytes.includes(wanted) ? [{ what, form, where }] : [])),
  );
}

/** Looks through every file below a folder. */
export function scanFolder(folder: string, needles: readonly Needle[]): Leak[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      return scanBytes(path.slice(folder.length + 1), readFileSync(path), needles);
    });
}

const places: readonly (readonly [place: string, pattern: RegExp])[] = [
  ['heap', /^postgres\/data\/base\//],
  ['wal', /^postgres\/data\/pg_wal\//],
  ['kafka', /^kafka\/.*\.log$/],
];

/** The kinds of places that were found, each once. */
export const whereOf = (leaks: readonly Leak[]) => [
  ...new Set(
    leaks.map(({ where }) => places.find(([, pattern]) => pattern.test(where))?.[0] ?? where.split('/')[0] ?? where),
  ),
];
