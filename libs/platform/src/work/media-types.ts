import { XLSX } from '../http/adapter.js';

const startsWith = (signature: string) => (bytes: Buffer) =>
  bytes.subarray(0, signature.length).equals(latin(signature));
const latin = (text: string) => Buffer.from(text, 'latin1');
const isZip = startsWith('PK\x03\x04');

/** How the files of each type begin that somebody may hand in as evidence. */
const signatures: Readonly<Record<string, (bytes: Buffer) => boolean>> = {
  'application/pdf': startsWith('%PDF-'),
  'image/png': startsWith('\x89PNG\r\n\x1a\n'),
  'image/jpeg': startsWith('\xff\xd8\xff'),
  // The parts of a workbook lie in a folder of this name.
  [XLSX]: (bytes) => isZip(bytes) && bytes.includes(latin('xl/')),
};

/** Is the content what its type says? A type that is not known here fits nothing. */
export const fits = (mediaType: string, bytes: Buffer) => signatures[mediaType]?.(bytes) ?? false;
