import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type DraftAct, draftActs, type DraftState, reasonsNotToDecide } from './amending-rules.js';
import { reasonsNotToChangeStanding } from './changing-standing.js';
import { afterAct, type EntryAct, entryActs, type EntryState } from './entry-states.js';
import { type OrganisationAct, organisationActs, type OrganisationState } from './organisation-states.js';
import { reasonsNotToResume, reasonsNotToSuspend } from './suspending.js';

const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-03-${String(n).padStart(2, '0')}`);
const organisationSteps: ReadonlySet<string> = new Set([
  'active>suspended',
  'suspended>active',
  'active>ended',
  'suspended>ended',
]);

it('an organisation goes only where its table lets it, and from ended nowhere', () => {
  const tried = fc.record({
    act: fc.constantFrom(...(Object.keys(organisationActs) as OrganisationAct[])),
    from: day,
    today: day,
  });
  fc.assert(
    fc.property(fc.array(tried, { maxLength: 40 }), (all) => {
      let state: OrganisationState = 'active';
      let since: string | null = null;
      for (const { act, from, today } of all) {
        const facts = { act, role: 'training-institution', state, since, from, today };
        if (reasonsNotToChangeStanding(facts).length > 0) continue;
        const next: OrganisationState = organisationActs[act].to;
        expect(organisationSteps).toContain(`${state}>${next}`);
        [state, since] = [next, from];
      }
    }),
  );
});

it('an entry of the directory is suspended and resumed in turn', () => {
  const tried = fc.record({ act: fc.constantFrom(...(Object.keys(entryActs) as EntryAct[])), from: day });
  fc.assert(
    fc.property(fc.array(tried, { maxLength: 40 }), (all) => {
      let suspendedFrom: string | null = null;
      const done: EntryAct[] = [];
      for (const { act, from } of all) {
        const state: EntryState = suspendedFrom === null ? 'listed' : 'suspended';
        const entry = { validFrom: '2026-01-01', validTo: null, suspendedFrom };
        const refused =
          act === 'suspend'
            ? reasonsNotToSuspend({ ...entry, from })
            : act === 'resume'
              ? reasonsNotToResume({ ...entry, from, today: '2026-03-28', overlaps: false })
              : ['not-here'];
        if (refused.length > 0) continue;
        expect(afterAct(act, state)).toBeDefined();
        suspendedFrom = act === 'suspend' ? from : null;
        done.push(act);
      }
      expect(done.every((act, i) => act === (i % 2 === 0 ? 'suspend' : 'resume'))).toBe(true);
    }),
  );
});

it('a draft is decided once, and never confirmed by whoever drafted it', () => {
  const tried = fc.record({
    act: fc.constantFrom(...(Object.keys(draftActs) as DraftAct[])),
    by: fc.constantFrom('a', 'b', undefined),
  });
  fc.assert(
    fc.property(fc.array(tried, { maxLength: 20 }), (all) => {
      let state: DraftState = 'draft';
      let decided = 0;
      for (const { act, by } of all) {
        if (reasonsNotToDecide({ act, state, recordedBy: 'a', decidedBy: by }).length > 0) continue;
        if (act === 'confirm') expect(by).toBe('b');
        state = draftActs[act].to;
        decided++;
      }
      expect(decided).toBeLessThanOrEqual(1);
    }),
  );
});
