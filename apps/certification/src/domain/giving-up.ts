import { broken, type Rules } from '@shuzheng/platform/rules';
import { rowActs, type RowState } from './row-states.js';

/** A row that the department or the national office may have returned. */
export interface ReturnedRow {
  readonly state: RowState;
  /** Was its result reported again? */
  readonly cameBack: boolean;
}

const from: readonly RowState[] = rowActs['give-up'].from;

const rules = {
  'row-not-returned': ({ state }) => state !== 'given-up' && !from.includes(state),
  'row-given-up': ({ state }) => state === 'given-up',
  'row-came-back': ({ cameBack }) => cameBack,
} satisfies Rules<ReturnedRow>;

export const reasonsNotToGiveUp = (row: ReturnedRow): string[] => broken(rules, row);
