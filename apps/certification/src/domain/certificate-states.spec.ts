import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type AmendmentAct,
  amendmentActs,
  certificateEffects,
  type CertificateState,
  certificateStates,
  effectOf,
  ledgerOf,
  mayAct,
  rowOf,
} from './certificate-states.js';
import { type RowState, rowActs } from './row-states.js';

/** A row with its certificate, its number and the request that waits, as the commands change them together. */
interface Standing {
  readonly certificate: CertificateState;
  readonly version: number;
  readonly row: RowState;
  readonly live: boolean;
  readonly open: AmendmentAct | null;
  readonly successor: boolean;
}

type Step = { readonly ask: AmendmentAct } | { readonly decide: 'approve' | 'reject' | 'withdraw' };

const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.constantFrom(...amendmentActs).map((ask) => ({ ask })),
  fc.constantFrom('approve' as const, 'reject' as const, 'withdraw' as const).map((decide) => ({ decide })),
);

function after(standing: Standing, step: Step): Standing {
  if ('ask' in step) {
    const refused = standing.open !== null || !mayAct(step.ask, standing.certificate);
    return refused ? standing : { ...standing, open: step.ask };
  }
  const { open } = standing;
  if (open === null) return standing;
  const closed = { ...standing, open: null };
  if (step.decide !== 'approve') return closed;
  const effect = certificateEffects[effectOf(open, standing.version)];
  const act = rowActs[effect.row];
  expect(act.from as readonly RowState[]).toContain(standing.row);
  const { live } = ledgerOf(effect.to);
  const version = open === 'correct' ? standing.version + 1 : standing.version;
  return { ...closed, certificate: effect.to, row: act.to, version, live, successor: open === 'replace' };
}

const issued: Standing = {
  ...{ certificate: 'valid', version: 1, row: 'issued', live: true, open: null, successor: false },
};

it('never leaves certificate, row, number and request in a pair of states that the table does not have', () => {
  fc.assert(
    fc.property(fc.array(steps, { maxLength: 60 }), (tried) => {
      let standing = issued;
      for (const step of tried) {
        standing = after(standing, step);
        const { certificate, row, live, open, version, successor } = standing;
        // The row of a certificate that gave way says what became of its successor.
        expect(row).toBe(successor ? 'issued' : rowOf[certificate]);
        expect(live).toBe(certificate !== 'revoked');
        if (open !== null) expect(mayAct(open, certificate)).toBe(true);
        if (certificate === 'valid') expect(version).toBe(1);
        if (certificate === 'corrected') expect(version).toBeGreaterThan(1);
      }
    }),
  );
});

it('ends with the revocation, and nowhere else', () => {
  const ends = certificateStates.filter((state) => amendmentActs.every((act) => !mayAct(act, state)));
  expect(ends).toEqual(['revoked']);
});
