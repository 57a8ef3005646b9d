import { expect, it } from '@jest/globals';
import { type CoverAsk, coverOf, type DirectoryEntry } from './cover.js';

const entry: DirectoryEntry = {
  entryId: 'entry',
  role: 'training',
  occupationCode: '2-02-38-05',
  direction: '智能装备与产线应用',
  levels: ['junior'],
  from: '2026-01-01',
  to: '2026-12-31',
  suspendedFrom: '2026-09-01',
};
const ask: CoverAsk = {
  role: 'training',
  occupationCode: '2-02-38-05',
  level: 'junior',
  direction: '智能装备与产线应用',
  day: '2026-03-01',
};

it('names the entry that covers an ask', () => {
  expect(coverOf([entry], ask)).toEqual({ entryId: 'entry' });
});

it.each([
  ['directory-occupation', { occupationCode: '2-02-38-06' }],
  ['directory-occupation', { role: 'evaluation' as const }],
  ['directory-level', { level: 'senior' }],
  ['directory-direction', { direction: '智能制造' }],
  ['directory-dates', { day: '2025-12-31' }],
  ['directory-dates', { day: '2027-01-01' }],
  ['directory-suspended', { day: '2026-09-01' }],
])('says %s first where nothing covers %o', (missing, other) => {
  expect(coverOf([entry], { ...ask, ...other })).toEqual({ missing });
});

it.each([
  ['organisation-suspended', 'suspended'],
  ['organisation-ended', 'ended'],
])('says %s from the day on from which the organisation is %s, whatever the entries say', (missing, status) => {
  const standing = { status, from: '2026-03-01' };

  expect(coverOf([entry], ask, standing)).toEqual({ missing });
  expect(coverOf([entry], { ...ask, day: '2026-02-28' }, standing)).toEqual({ entryId: 'entry' });
});

it('covers again once the organisation is active again', () => {
  expect(coverOf([entry], ask, { status: 'active', from: '2026-02-01' })).toEqual({ entryId: 'entry' });
});
