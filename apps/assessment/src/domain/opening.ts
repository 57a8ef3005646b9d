import { broken, type Rules } from '@shuzheng/platform/rules';
import { firstPaperOn, lastPaperOn, type Papers } from './subject.js';

/** All that opening a session depends on. */
export interface OpeningFacts {
  readonly plan: { readonly filed: boolean; readonly examFrom: string; readonly examTo: string };
  readonly papers: Papers;
  readonly coverFaults: readonly string[];
}

const rules = {
  'plan-not-filed': ({ plan }) => !plan.filed,
  'outside-plan-dates': ({ plan, papers }) => firstPaperOn(papers) < plan.examFrom || lastPaperOn(papers) > plan.examTo,
} satisfies Rules<OpeningFacts>;

/** The rules a new session would break. */
export const reasonsNotToOpen = (facts: OpeningFacts) => [...broken(rules, facts), ...facts.coverFaults];
