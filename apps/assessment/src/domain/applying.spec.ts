import { expect, it } from '@jest/globals';
import { type ApplyingFacts, reasonsNotToApply } from './applying.js';

const subject = { occupationCode: '2-02-38-05', edition: '2021年版', level: 'junior', direction: '--' };
const text = { version: '2026-11', sha256: 'a' };
const welcome: ApplyingFacts = {
  inPerson: true,
  accepted: true,
  session: { ...subject, state: 'open', seats: 20, taken: 19, theoryOn: '2026-03-11', abilityOn: '2026-03-10' },
  commitment: text,
  shown: text,
  completion: subject,
  conditions: [{ number: 2, text: '…' }],
  condition: 2,
  left: null,
  alreadyApplied: false,
  barred: false,
  today: '2026-03-10',
};

it('takes the last seat on the day of the first paper', () => {
  expect(reasonsNotToApply(welcome)).toEqual([]);
});

it.each<[string, Partial<ApplyingFacts>]>([
  ['not-in-person', { inPerson: false }],
  ['commitment-not-accepted', { accepted: false }],
  ['commitment-text-changed', { shown: { ...text, sha256: 'b' } }],
  ['session-closed', { today: '2026-03-11' }],
  ['session-closed', { session: { ...welcome.session, state: 'sat' } }],
  ['session-full', { session: { ...welcome.session, taken: 20 } }],
  ['class-not-completed', { completion: undefined }],
  ['enrolment-withdrawn', { left: 'enrolment-withdrawn' }],
  ['training-certificate-revoked', { left: 'training-certificate-revoked' }],
  ['subject-differs', { completion: { ...subject, level: 'senior' } }],
  ['conditions-unverified', { conditions: undefined }],
  ['condition-unknown', { condition: 3 }],
  ['already-applied', { alreadyApplied: true }],
  ['dishonest-record', { barred: true }],
])('refuses with %s', (reason, change) => {
  expect(reasonsNotToApply({ ...welcome, ...change })).toEqual([reason]);
});
