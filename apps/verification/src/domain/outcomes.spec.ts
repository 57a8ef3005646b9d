import { expect, it } from '@jest/globals';
import { canonicalCode } from './check-codes.js';
import { outcomeOf, sentenceOf, type Standing } from './outcomes.js';

const valid: Standing = {
  ...{
    version: 1,
    correctedOn: null,
    suspendedOn: null,
    reinstatedOn: null,
    revokedOn: null,
    replacedOn: null,
    replacedBy: null,
  },
};
const corrected = { ...valid, version: 2, correctedOn: '2026-05-02' };

it.each([
  ['valid', valid, '有效'],
  ['corrected', corrected, '2026-05-02 更正'],
  ['suspended', { ...corrected, suspendedOn: '2026-06-01' }, '自 2026-06-01 起暂停'],
  ['valid', { ...valid, reinstatedOn: '2026-06-09' }, '已于 2026-06-09 恢复'],
  [
    'replaced',
    { ...corrected, revokedOn: '2026-07-01', replacedOn: '2026-07-02', replacedBy: 'Z2' },
    '新证书（登记号 Z2）',
  ],
  ['revoked', { ...corrected, suspendedOn: '2026-06-01', revokedOn: '2026-07-01' }, '2026-07-01 撤销'],
] as const)('calls it %s, and says so in a sentence', (outcome, standing, said) => {
  expect(outcomeOf(standing)).toBe(outcome);
  expect(sentenceOf(standing)).toContain(said);
});

it('reads what is misread on paper as what was printed', () => {
  expect(canonicalCode(' o-i l u ')).toBe('011V');
  expect(canonicalCode('７kq0')).toBe('7KQ0');
});
