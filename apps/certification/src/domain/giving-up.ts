import { broken, type Rules } from '@shuzheng/platform/rules';
import type { RowState } from './row-states.js';

/** A row that the national office may have returned. */
export interface ReturnedRow {
  readonly state: RowState;
  readonly givenUp: boolean;
  /** Was its result reported again? */
  readonly cameBack: boolean;
}

const rules = {
  'row-not-nationally-returned': ({ state }) => state !== 'nationally-returned',
  'row-given-up': ({ givenUp }) => givenUp,
  'row-came-back': ({ cameBack }) => cameBack,
} satisfies Rules<ReturnedRow>;

export const reasonsNotToGiveUp = (row: ReturnedRow): string[] => broken(rules, row);
