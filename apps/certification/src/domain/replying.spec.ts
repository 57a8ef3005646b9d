import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contradictions, faultsOfReply, type ReplyLine } from './replying.js';

const sent = ['000001-0001', '000001-0002', '000001-0003'];
const line = (registryRow: string, row: number): ReplyLine => ({
  ...{ row, registryRow, decision: '通过', approvedOn: '2026-03-02', opinion: '' },
});
const span = { sentOn: '2026-03-01', receivedOn: '2026-03-05' };
const whole = sent.map((registryRow, i) => line(registryRow, i + 2));

it('takes a reply that answers every row once', () => {
  expect(faultsOfReply(whole, new Set(sent), span)).toEqual([]);
});

it('takes no other set of rows than the one that was sent', () => {
  const someLines = fc.array(fc.constantFrom(...sent, '000009-0001'), { maxLength: 6 });
  fc.assert(
    fc.property(someLines, (registryRows) => {
      const lines = registryRows.map((registryRow, i) => line(registryRow, i + 2));
      const exact = [...registryRows].sort().join() === [...sent].sort().join();
      expect(faultsOfReply(lines, new Set(sent), span).length === 0).toBe(exact);
    }),
  );
});

it.each([
  ['reply-date-unreal', '2026-02-30'],
  ['approved-before-sent', '2026-02-28'],
  ['approved-in-future', '2026-03-06'],
])('refuses the approval day of a row with %s', (rule, approvedOn) => {
  const lines = whole.map((one, i) => (i === 1 ? { ...one, approvedOn } : one));
  expect(faultsOfReply(lines, new Set(sent), span)).toEqual([{ row: 3, column: '审核通过日期', rule }]);
});

it('names the lines that say something else than what is recorded', () => {
  const recorded = new Map(sent.map((row) => [row, { result: 'approved' as const, approvedOn: '2026-03-02' }]));
  const [first, second, third] = whole;
  const lines = [
    { ...first, decision: '退回', approvedOn: '' },
    { ...second, approvedOn: '2026-03-03' },
    { ...third, approvedOn: '' },
  ] as ReplyLine[];

  expect(contradictions(lines, recorded)).toEqual([
    { row: 2, column: '审核结果', rule: 'reply-row-contradicts-recorded' },
    { row: 3, column: '审核通过日期', rule: 'reply-row-contradicts-recorded' },
  ]);
});
