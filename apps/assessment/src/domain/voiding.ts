import { broken, type Rules } from '@shuzheng/platform/rules';
import { mayMove, resultMoves, type ResultState } from './states.js';

/** Why a result is voided. The words beside it stay inside; this code travels. */
export const voidCodes = {
  'recording-error': '登分错误',
  'marking-error': '评分错误',
  'violation-found': '发现违纪',
  'false-promise': '承诺不实',
  'identity-wrong': '身份有误',
  'objection-upheld': '异议成立',
  other: '其他',
} as const;

/** What the department, or the national office, last said about a reported row; null while nobody has. */
export type Decision = 'confirmed' | 'returned' | 'nationally-returned' | null;

/** All that voiding one result depends on. */
export interface VoidingFacts {
  readonly state: ResultState;
  readonly decision: Decision;
}

const voiding = {
  'result-not-released': ({ state }) => state !== 'void' && !mayMove(resultMoves, state, 'void'),
  'result-void': ({ state }) => state === 'void',
  'already-confirmed': ({ decision }) => decision === 'confirmed',
} satisfies Rules<VoidingFacts>;

/** The rules that voiding a result would break. What lies with the department unconfirmed may still be voided. */
export const reasonsNotToVoid = (facts: VoidingFacts) => broken(voiding, facts);
