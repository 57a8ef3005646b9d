import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { faultsOfReply, type ReplyLine } from './replying.js';

const sent = ['000001-0001', '000001-0002', '000001-0003'];
const line = (registryRow: string, row: number): ReplyLine => ({
  ...{ row, registryRow, decision: '通过', approvedOn: '2026-03-02', opinion: '' },
});
const whole = sent.map((registryRow, i) => line(registryRow, i + 2));

it('takes a reply that answers every row once', () => {
  expect(faultsOfReply(whole, new Set(sent), '2026-03-02')).toEqual([]);
});

it('takes no other set of rows than the one that was sent', () => {
  const someLines = fc.array(fc.constantFrom(...sent, '000009-0001'), { maxLength: 6 });
  fc.assert(
    fc.property(someLines, (registryRows) => {
      const lines = registryRows.map((registryRow, i) => line(registryRow, i + 2));
      const exact = [...registryRows].sort().join() === [...sent].sort().join();
      expect(faultsOfReply(lines, new Set(sent), '2026-03-02').length === 0).toBe(exact);
    }),
  );
});
