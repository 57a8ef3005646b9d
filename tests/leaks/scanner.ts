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
export const scanBytes = (where: string, bytes: Buffer, needles: readonly Needle[]): Leak[] =>
  new Search(needles).in(where, bytes);

/** Looks through every file below a folder. */
export function scanFolder(folder: string, needles: readonly Needle[]): Leak[] {
  const search = new Search(needles);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      return search.in(path.slice(folder.length + 1), readFileSync(path));
    });
}

interface Wanted {
  readonly what: string;
  readonly form: string;
  readonly bytes: Buffer;
}

/** More than a thousand forms at once, in one pass over hundreds of megabytes: each by its first four bytes. */
class Search {
  private readonly beginnings = new Uint8Array(1 << 16);
  private readonly wanted = new Map<number, Wanted[]>();

  constructor(needles: readonly Needle[]) {
    for (const { what, text } of needles)
      for (const [form, bytes] of formsOf(text)) {
        if (bytes.length < 4) throw new Error(`the ${form} form of a ${what} is too short to mean anything`);
        this.beginnings[bytes.readUInt16LE(0)] = 1;
        const first = bytes.readUInt32LE(0);
        this.wanted.set(first, [...(this.wanted.get(first) ?? []), { what, form, bytes }]);
      }
  }

  in(where: string, bytes: Buffer): Leak[] {
    const found = new Set<Wanted>();
    for (let at = 0; at + 4 <= bytes.length; at++) {
      if (this.beginnings[(bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)] === 0) continue;
      for (const one of this.wanted.get(bytes.readUInt32LE(at)) ?? [])
        if (bytes.subarray(at, at + one.bytes.length).equals(one.bytes)) found.add(one);
    }
    return [...found].map(({ what, form }) => ({ what, form, where }));
  }
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
