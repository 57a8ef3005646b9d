import { Refused } from '@shuzheng/platform';
import { readWorkbook, replyTemplate, workbookReasons, WorkbookRefused } from '@shuzheng/workbooks';
import type { ReplyLine } from '../domain/replying.js';

export const workbookCodes = Object.keys(workbookReasons);

/** As many lines as a package has rows. */
const MOST_ROWS = 5000;

/** Reads the file before a transaction is opened for it. A file that cannot be read whole is refused with every fault. */
export async function readReply(bytes: Buffer): Promise<ReplyLine[]> {
  const { rows, faults } = await readWorkbook(bytes, replyTemplate, { maxRows: MOST_ROWS }).catch((error: unknown) => {
    if (error instanceof WorkbookRefused) throw new Refused([error.code]);
    throw error;
  });
  if (faults.length > 0) throw new Refused(['reply-rows-wrong'], faults);
  return rows.map(({ row, cells }) => ({
    row,
    registryRow: cells['registryRow'] ?? '',
    decision: cells['decision'] ?? '',
    approvedOn: cells['approvedOn'] ?? '',
    opinion: cells['opinion'] ?? '',
  }));
}
