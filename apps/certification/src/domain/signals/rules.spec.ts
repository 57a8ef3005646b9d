import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { BatchFacts, RowFacts } from './facts.js';
import { sigmasFrom } from './pass-rate-far-from-history.js';
import { defaultOf, faultyValues, ruleOf, signalCodes, signalRules, signalsOf, unverifiedIn } from './rules.js';
import { factKinds, isPlain } from './signal.js';

const row = (more: Partial<RowFacts> = {}): RowFacts => ({
  ...{ id: 'row', open: true, theory: 80, ability: 75, recordedOn: '2026-02-11' },
  training: { startsOn: '2025-12-01', completedOn: '2026-01-20' },
  ...{ hours: 80, trainingRevokedOn: null, sharingPhone: 1, elsewhere: [], otherLevels: [] },
  ...more,
});

const facts = (more: Partial<BatchFacts> = {}): BatchFacts => ({
  ...{ today: '2026-03-02', examDays: ['2026-02-08', '2026-02-10'], lastPaperOn: '2026-02-10', sat: 20, passed: 15 },
  history: { sessions: 4, sat: 200, passed: 150 },
  cover: [
    { day: '2026-02-08', missing: null },
    { day: '2026-02-10', missing: null },
  ],
  ...{ missingToday: null, standardHours: 80, attachedOfficers: 0, rows: [row()] },
  ...more,
});

const raised = (more: Partial<BatchFacts>) =>
  signalsOf(facts(more), new Map()).map(({ code, facts }) => ({ code, facts }));
const alike = (count: number, of: number) =>
  Array.from({ length: of }, (_, i) => row({ id: `row ${i}`, theory: i < count ? 61 : 62 + i / 2 }));

/** For each rule what makes it speak, what it then says, and what comes as near as can be without it. */
const cases: Record<string, { speaks: Partial<BatchFacts>; says: object; silent: Partial<BatchFacts>[] }> = {
  'same-day-two-places': {
    speaks: {
      rows: [
        row({
          elsewhere: [
            { day: '2026-02-10', kind: 'session' },
            { day: '2026-02-08', kind: 'lesson' },
          ],
        }),
      ],
    },
    says: { days: ['2026-02-08', '2026-02-10'], kinds: ['lesson', 'session'] },
    silent: [{ rows: [row({ open: false, elsewhere: [{ day: '2026-02-10', kind: 'session' }] })] }],
  },
  'result-before-exam-end': {
    speaks: { rows: [row({ recordedOn: '2026-02-09' })] },
    says: { recordedOn: '2026-02-09', lastPaperOn: '2026-02-10' },
    silent: [{ rows: [row({ recordedOn: '2026-02-10' })] }, { rows: [row({ recordedOn: null })] }],
  },
  'training-revoked': {
    speaks: { rows: [row({ trainingRevokedOn: '2026-02-20' })] },
    says: { revokedOn: '2026-02-20' },
    silent: [{ rows: [row({ open: false, trainingRevokedOn: '2026-02-20' })] }],
  },
  'exam-before-training': {
    speaks: { rows: [row({ training: { startsOn: '2025-12-01', completedOn: '2026-02-09' } })] },
    says: { examOn: '2026-02-08', completedOn: '2026-02-09' },
    silent: [
      { rows: [row({ training: { startsOn: '2025-12-01', completedOn: '2026-02-08' } })] },
      { rows: [row({ training: { startsOn: '2026-02-08', completedOn: null } })] },
      { rows: [row({ training: null })] },
    ],
  },
  'hours-below-standard': {
    speaks: { rows: [row({ hours: 79.5 })] },
    says: { hours: 79.5, standardHours: 80 },
    silent: [
      { rows: [row({ hours: 80 })] },
      { rows: [row({ hours: null })] },
      { standardHours: null, rows: [row({ hours: 1 })] },
    ],
  },
  'directory-missing-on-day': {
    speaks: { cover: [{ day: '2026-02-10', missing: 'directory-dates' }] },
    says: { days: ['2026-02-10'], missing: ['directory-dates'] },
    silent: [{ missingToday: null }],
  },
  'directory-ended-meanwhile': {
    speaks: { missingToday: 'directory-suspended' },
    says: { missing: 'directory-suspended' },
    silent: [{ missingToday: 'directory-dates', cover: [{ day: '2026-02-10', missing: 'directory-dates' }] }],
  },
  'equal-score-patterns': {
    speaks: { rows: alike(3, 15) },
    says: { equal: 3, rows: 15, theory: 61, ability: 75 },
    silent: [{ rows: alike(2, 10) }, { rows: alike(3, 16) }, { rows: alike(9, 9) }],
  },
  'pass-rate-far-from-history': {
    speaks: { sat: 40, passed: 40 },
    says: { sat: 40, passed: 40, historySessions: 4, historySat: 200, historyPassed: 150, sigmas: 3.7 },
    silent: [
      { sat: 40, passed: 36 },
      { sat: 9, passed: 0 },
      { sat: 40, passed: 0, history: { sessions: 1, sat: 99, passed: 75 } },
    ],
  },
  'one-phone-many-people': {
    speaks: { rows: [row({ sharingPhone: 3 })] },
    says: { persons: 3 },
    silent: [{ rows: [row({ sharingPhone: 2 })] }],
  },
  'other-level-in-chain': {
    speaks: { rows: [row({ otherLevels: ['senior', 'intermediate'] })] },
    says: { levels: ['intermediate', 'senior'] },
    silent: [{ rows: [row({ otherLevels: [] })] }],
  },
  'officer-attached': { speaks: { attachedOfficers: 2 }, says: { officers: 2 }, silent: [{ attachedOfficers: 0 }] },
};

it('has a case for every rule, and nothing to say of a batch in order', () => {
  expect(Object.keys(cases).sort()).toEqual([...signalCodes].sort());
  expect(raised({})).toEqual([]);
});

describe.each(Object.entries(cases))('%s', (code, { speaks, says, silent }) => {
  it('speaks, and says on which facts', () => {
    const told = raised(speaks).filter((one) => one.code === code);
    expect(new Set(told.map(({ facts }) => JSON.stringify(facts)))).toEqual(new Set([JSON.stringify(says)]));
  });

  it('is silent just before that', () => {
    for (const quiet of silent) expect(raised(quiet).filter((one) => one.code === code)).toEqual([]);
  });
});

it('speaks of an exam before the start of a class that is not over', () => {
  const training = { startsOn: '2026-02-09', completedOn: null };
  expect(raised({ rows: [row({ training })] })).toEqual([
    { code: 'exam-before-training', facts: { examOn: '2026-02-08', startsOn: '2026-02-09' } },
  ]);
});

it('says that hours were not checked while the standard is 待核实', () => {
  expect([unverifiedIn(facts({ standardHours: null })), unverifiedIn(facts())]).toEqual([['hours-below-standard'], []]);
});

it('goes by what the office has set, and says so with the signal', () => {
  const setting = { values: { persons: 5 }, source: '省厅设定：会议纪要', confidence: 'I', from: '2026-03-01' };
  const settings = new Map([['one-phone-many-people', setting]]);
  const of = (sharingPhone: number) => signalsOf(facts({ rows: [row({ sharingPhone })] }), settings);
  expect([of(4).length, of(5).map((signal) => signal.setting)]).toEqual([0, [setting]]);
});

it('marks every default as the product’s own, and every rule has words, a source and a severity', () => {
  for (const rule of signalRules) {
    expect(defaultOf(rule).source).toContain('产品默认值');
    expect([rule.title, rule.words, rule.source].every((text) => text.length > 3)).toBe(true);
    expect(['blocking', 'advisory']).toContain(rule.severity);
  }
});

it('takes values for a setting only as the rule lists them', () => {
  const rule = ruleOf('one-phone-many-people');
  if (!rule) throw new Error('no such rule');
  const faults = [{ persons: 3 }, {}, { persons: 1 }, { persons: '3' }, { persons: 3, more: 1 }];
  expect(faults.map((values) => faultyValues(rule, values))).toEqual([
    [],
    ['persons'],
    ['persons'],
    ['persons'],
    ['more'],
  ]);
});

it('measures a pass rate in standard deviations, the same on both sides', () => {
  const even = { sat: 98, passed: 49 };
  expect(sigmasFrom(even, { sat: 100, passed: 65 })).toBeCloseTo(3, 5);
  expect(sigmasFrom(even, { sat: 100, passed: 35 })).toBeCloseTo(3, 5);
  expect(sigmasFrom({ sat: 200, passed: 200 }, { sat: 20, passed: 20 })).toBeLessThan(1);
});

const day = fc.constantFrom('2026-01-01', '2026-02-08', '2026-02-10', '2026-03-02', '2026-05-01');
const missing = fc.option(fc.constantFrom('directory-dates', 'directory-level', 'organisation-ended'), { nil: null });
const count = fc.integer({ min: 0, max: 600 });
const anyRow: fc.Arbitrary<RowFacts> = fc.record({
  id: fc.uuid(),
  open: fc.boolean(),
  theory: fc.integer({ min: 60, max: 64 }),
  ability: fc.integer({ min: 60, max: 62 }),
  recordedOn: fc.option(day, { nil: null }),
  training: fc.option(fc.record({ startsOn: day, completedOn: fc.option(day, { nil: null }) }), { nil: null }),
  hours: fc.option(count, { nil: null }),
  trainingRevokedOn: fc.option(day, { nil: null }),
  sharingPhone: fc.integer({ min: 0, max: 6 }),
  elsewhere: fc.array(fc.record({ day, kind: fc.constantFrom('session' as const, 'lesson' as const) }), {
    maxLength: 3,
  }),
  otherLevels: fc.array(fc.constantFrom('junior', 'intermediate', 'senior'), { maxLength: 3 }),
});
const anyFacts: fc.Arbitrary<BatchFacts> = fc.record({
  today: day,
  examDays: fc.array(day, { minLength: 1, maxLength: 2 }),
  lastPaperOn: day,
  sat: fc.integer({ min: 1, max: 600 }),
  passed: count,
  history: fc.record({ sessions: count, sat: fc.integer({ min: 600, max: 9000 }), passed: count }),
  cover: fc.array(fc.record({ day, missing }), { maxLength: 2 }),
  missingToday: missing,
  standardHours: fc.option(count, { nil: null }),
  attachedOfficers: fc.integer({ min: 0, max: 3 }),
  rows: fc.uniqueArray(anyRow, { maxLength: 40, selector: ({ id }) => id }),
});

it('never says anything but counts, days and codes; only of open rows; and each thing once', () => {
  fc.assert(
    fc.property(anyFacts, (known) => {
      const open = new Set(known.rows.flatMap(({ id, open }) => (open ? [id] : [])));
      const signals = signalsOf(known, new Map());
      expect(signals.every((signal) => isPlain(signal.facts))).toBe(true);
      expect(signals.every(({ facts }) => Object.keys(facts).every((name) => name in factKinds))).toBe(true);
      expect(signals.every(({ rowId }) => rowId === null || open.has(rowId))).toBe(true);
      expect(new Set(signals.map(({ rowId, code }) => `${rowId}/${code}`)).size).toBe(signals.length);
    }),
  );
});

it('lets no name, number or phone pass for a fact', () => {
  const personal = fc.oneof(
    fc.constantFrom('王小明', '11010519491231002X', '13800138000', 'Ada Lovelace', '<b>x</b>'),
    fc
      .string({ unit: 'binary' })
      .filter((text) => !/^[a-z][a-z-]{1,40}$/.test(text) && !/^\d{4}-\d\d-\d\d$/.test(text)),
  );
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(factKinds)), personal, (name, text) => {
      expect([isPlain({ [name]: text }), isPlain({ [name]: [text] }), isPlain({ [text]: 1 })]).toEqual([
        false,
        false,
        false,
      ]);
    }),
  );
});
