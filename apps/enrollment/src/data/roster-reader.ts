import { Injectable } from '@nestjs/common';
import { Invalid, Refused } from '@shuzheng/platform';
import { type ReadRow, readWorkbook, rosterTemplate, WorkbookRefused } from '@shuzheng/workbooks';
import type { LearnerRow } from '../domain/checking-rows.js';
import { fromSheet, type Incoming } from './row-faults.js';

const MOST_ROWS = 500;

/** Reads a roster workbook. It does so before any transaction begins: reading takes long and holds nothing. */
@Injectable()
export class RosterReader {
  async read(bytes: unknown): Promise<Incoming> {
    if (!Buffer.isBuffer(bytes)) throw new Invalid([{ field: 'body', check: 'isWorkbook' }]);
    const { rows, faults } = await readWorkbook(bytes, rosterTemplate, { maxRows: MOST_ROWS }).catch(refused);
    return fromSheet(
      rows.map(learnerIn),
      rows.map(({ row }) => row),
      faults,
    );
  }
}

function refused(error: unknown): never {
  if (!(error instanceof WorkbookRefused)) throw error;
  throw new Refused([error.code], [{ rule: error.code, advice: error.advice }]);
}

const learnerIn = ({ cells }: ReadRow): LearnerRow => ({
  reference: cells['reference'] ?? '',
  name: cells['name'] ?? '',
  documentKind: cells['documentKind'] ?? '',
  documentNumber: cells['documentNumber'] ?? '',
  phone: cells['phone'] ?? '',
  education: cells['education'] ?? '',
  employer: cells['workplace'] ?? '',
  category: cells['personKind'] ?? '',
  retired: cells['retired'] ?? '',
});
