import { type RefusalCode, WorkbookRefused } from './refusal.js';

const zip = Buffer.from('PK\x03\x04', 'latin1');
const compoundFile = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const encryptedStream = Buffer.from('EncryptedPackage', 'utf16le');

/** Judges by the first bytes, because a file name says only what somebody hoped. */
export function refuseUnlessZip(bytes: Buffer, maxBytes: number): void {
  if (bytes.length === 0) throw new WorkbookRefused('workbook-no-content');
  if (bytes.length > maxBytes) {
    throw new WorkbookRefused('workbook-too-large', `上限 ${Math.floor(maxBytes / 1024 / 1024)} MB。`);
  }
  if (!startsWith(bytes, zip)) throw new WorkbookRefused(kindOf(bytes));
}

function kindOf(bytes: Buffer): RefusalCode {
  // An encrypted .xlsx and an old .xls are the same kind of container; only the first has this stream.
  if (startsWith(bytes, compoundFile)) {
    return bytes.includes(encryptedStream) ? 'workbook-encrypted' : 'workbook-old-format';
  }
  const start = bytes.subarray(0, 4096);
  if (/^\s*</.test(start.toString('latin1').replace(/^\xef\xbb\xbf/, ''))) return 'workbook-web-page';
  return looksLikeText(start) ? 'workbook-plain-text' : 'workbook-not-zip';
}

const startsWith = (bytes: Buffer, magic: Buffer) => bytes.subarray(0, magic.length).equals(magic);

/** GB 18030 and UTF-8 text have no control characters but white space; nearly every binary format has. */
const looksLikeText = (start: Buffer) => start.every((byte) => byte >= 0x20 || [0x09, 0x0a, 0x0d].includes(byte));
