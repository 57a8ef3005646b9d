import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { type RefusalCode, WorkbookRefused } from './refusal.js';

const limits = { entries: 200, totalBytes: 300 * 1024 * 1024, ratio: 100 };
/** Small parts of an honest file may be all zeros; only what is large and dense is a bomb. */
const ratioMattersFrom = 1024 * 1024;

/** Reads the central directory alone, and refuses what would be dangerous or useless to unpack. */
export async function refuseUnsafeZip(bytes: Buffer): Promise<void> {
  if (!directoryFitsPlainZip(bytes)) throw new WorkbookRefused('workbook-damaged');
  const entries = await listEntries(bytes);
  const fault = faultOf(entries);
  if (fault) throw new WorkbookRefused(fault);
}

function faultOf(entries: Entry[]): RefusalCode | undefined {
  const names = new Set(entries.map((entry) => entry.fileName));
  if (entries.some((entry) => entry.isEncrypted())) return 'workbook-encrypted';
  if (names.size < entries.length || entries.some(hidesItsSize)) return 'workbook-damaged';
  if (entries.some(isBomb) || total(entries) > limits.totalBytes) return 'workbook-expands-too-much';
  if (entries.some(({ compressionMethod }) => compressionMethod !== 0 && compressionMethod !== 8)) {
    return 'workbook-damaged';
  }
  if (names.has('xl/vbaProject.bin')) return 'workbook-has-macros';
  return names.has('[Content_Types].xml') && names.has('xl/workbook.xml') ? undefined : 'workbook-not-xlsx';
}

const total = (entries: Entry[]) => entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0);

const isBomb = ({ uncompressedSize, compressedSize }: Entry) =>
  uncompressedSize > ratioMattersFrom && uncompressedSize / Math.max(compressedSize, 1) > limits.ratio;

/** The reader stops an entry at its declared size, but knows no bound for one that declares none. */
const hidesItsSize = ({ fileName, uncompressedSize, compressedSize, generalPurposeBitFlag }: Entry) =>
  uncompressedSize === 0 && !fileName.endsWith('/') && (compressedSize > 0 || (generalPurposeBitFlag & 8) !== 0);

/** A zip64 directory could show one list of entries to this scan and another to the reader; 20 MB never needs one. */
function directoryFitsPlainZip(bytes: Buffer): boolean {
  const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end < 0 || end + 22 > bytes.length) return false;
  const count = bytes.readUInt16LE(end + 10);
  return count < 0xffff && bytes.readUInt32LE(end + 12) < 0xffffffff && bytes.readUInt32LE(end + 16) < 0xffffffff;
}

function listEntries(bytes: Buffer): Promise<Entry[]> {
  return new Promise((resolve, reject) => {
    const damaged = () => reject(new WorkbookRefused('workbook-damaged'));
    fromBuffer(bytes, { lazyEntries: true }, (error, zip?: ZipFile) => {
      if (error || !zip) return damaged();
      if (zip.entryCount > limits.entries) return reject(new WorkbookRefused('workbook-too-many-entries'));
      const entries: Entry[] = [];
      zip.on('error', damaged);
      zip.on('end', () => resolve(entries));
      zip.on('entry', (entry: Entry) => {
        entries.push(entry);
        zip.readEntry();
      });
      zip.readEntry();
    });
  });
}
