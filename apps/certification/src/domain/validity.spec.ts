import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { validOn } from './validity.js';

const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-03-${String(n).padStart(2, '0')}`);

it('never counts before its award nor after its revocation, and says a version that was made by then', () => {
  fc.assert(
    fc.property(
      day,
      day,
      fc.option(day, { nil: null }),
      fc.array(day, { maxLength: 4 }),
      (awardedOn, on, revokedOn, made) => {
        const versions = [awardedOn, ...made.filter((one) => one >= awardedOn)].sort();
        const { outcome, version } = validOn({ awardedOn, versions, suspensions: [], revokedOn }, on);
        if (on < awardedOn) return expect([outcome, version]).toEqual(['not-yet', null]);
        expect(outcome).toBe(revokedOn !== null && revokedOn <= on ? 'revoked' : 'valid');
        expect(version).toBe(versions.filter((one) => one <= on).length);
      },
    ),
  );
});
