import { broken, type Rules } from '@shuzheng/platform/rules';
import { allows, type OrganisationAct, type OrganisationState } from './organisation-states.js';

/** All that deciding on a suspension, its end or the end of an organisation depends on. */
export interface StandingFacts {
  readonly act: OrganisationAct;
  readonly role: string;
  /** What was recorded last, and from when on; null: nothing yet. */
  readonly state: OrganisationState;
  readonly since: string | null;
  readonly from: string;
  readonly today: string;
  /** What says that the measure reaches back. */
  readonly retroactiveBasis?: string;
}

const refused = (state: OrganisationState) => (facts: StandingFacts) =>
  facts.state === state && !allows(facts.act, facts.state);

const rules = {
  'organisation-is-office': ({ role }) => !role.endsWith('-institution'),
  'organisation-is-ended': refused('ended'),
  'organisation-suspended-already': refused('suspended'),
  'organisation-not-suspended': refused('active'),
  'suspension-backdated': ({ act, from, today, retroactiveBasis }) =>
    act !== 'resume' && from < today && retroactiveBasis === undefined,
  'resumption-before-suspension': ({ act, state, since, from }) =>
    act === 'resume' && state === 'suspended' && since !== null && from < since,
} satisfies Rules<StandingFacts>;

/** The rules a change of standing would break. */
export const reasonsNotToChangeStanding = (facts: StandingFacts) => broken(rules, facts);
