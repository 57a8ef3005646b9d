import { broken, type Rules } from '@shuzheng/platform/rules';

/** All that deciding on an entry of a city's own directory depends on. */
export interface CityEntryFacts {
  readonly kind: string;
  readonly name: string | undefined;
  /** The role of the organisation it names, when it names one that is registered here. */
  readonly organisationRole: string | undefined;
  readonly organisationEnded: boolean;
  readonly occupationKnown: boolean;
  readonly from: string;
  readonly to: string | null;
  readonly overlaps: boolean;
}

const rules = {
  'city-entry-name-missing': ({ name, organisationRole }) => name === undefined && organisationRole === undefined,
  'city-entry-role': ({ organisationRole }) =>
    organisationRole !== undefined && organisationRole !== 'training-institution',
  'organisation-is-ended': ({ organisationEnded }) => organisationEnded,
  'occupation-unknown': ({ occupationKnown }) => !occupationKnown,
  'dates-order': ({ from, to }) => to !== null && to < from,
  'city-entry-overlaps': ({ overlaps }) => overlaps,
} satisfies Rules<CityEntryFacts>;

/** The rules a new entry of a city's directory would break. */
export const reasonsNotToList = (facts: CityEntryFacts) => broken(rules, facts);

/** All that ending something dated depends on: an entry of a city, an exam site, a teacher's work. */
export interface EndingFacts {
  readonly from: string;
  /** The last day as it stands; null: none. */
  readonly to: string | null;
  readonly ended: boolean;
  readonly lastDay: string;
  readonly today: string;
}

const endRules = {
  'already-ended': ({ ended }) => ended,
  'dates-order': ({ from, lastDay }) => lastDay < from,
  'end-backdated': ({ lastDay, today }) => lastDay < today,
  'end-after-end': ({ to, lastDay }) => to !== null && to < lastDay,
} satisfies Rules<EndingFacts>;

/** The rules that ending it would break. */
export const reasonsNotToEnd = (facts: EndingFacts) => broken(endRules, facts);

/** All that deciding on an exam site depends on. */
export interface SiteFacts {
  readonly organisationEnded: boolean;
  readonly cityCode: string | undefined;
  readonly nameTaken: boolean;
  readonly occupationsKnown: boolean;
  readonly closed: boolean;
  readonly from: string;
  readonly to: string | null;
}

const siteRules = {
  'organisation-is-ended': ({ organisationEnded }) => organisationEnded,
  'already-ended': ({ closed }) => closed,
  'city-unknown': ({ cityCode }) => cityCode === undefined,
  'site-name-taken': ({ nameTaken }) => nameTaken,
  'occupation-unknown': ({ occupationsKnown }) => !occupationsKnown,
  'dates-order': ({ from, to }) => to !== null && to < from,
} satisfies Rules<SiteFacts>;

/** The rules an exam site like this would break. */
export const reasonsNotToKeepSite = (facts: SiteFacts) => broken(siteRules, facts);
