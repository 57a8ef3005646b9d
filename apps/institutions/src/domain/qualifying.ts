import { broken, type Rules } from '@shuzheng/platform/rules';
import { nameFault } from '@shuzheng/regulation';

export interface QualificationFacts {
  readonly occupationCode: string;
  readonly level: string | null;
  readonly from: string;
  readonly to: string | null;
}

/** All that deciding on a teacher or an examiner depends on. */
export interface StaffFacts {
  /** Undefined where the name stays as it is. */
  readonly name: string | undefined;
  readonly organisationEnded: boolean;
  readonly ended: boolean;
  readonly from: string;
  readonly to: string | null;
  readonly qualifications: readonly QualificationFacts[];
  readonly occupationsKnown: boolean;
}

const keysOf = (qualifications: readonly QualificationFacts[]) =>
  qualifications.map(({ occupationCode, level }) => `${occupationCode}|${level ?? ''}`);

const inDisorder = ({ from, to }: { from: string; to: string | null }) => to !== null && to < from;

const rules = {
  'organisation-is-ended': ({ organisationEnded }) => organisationEnded,
  'already-ended': ({ ended }) => ended,
  'staff-name': ({ name }) => name !== undefined && nameFault(name) !== undefined,
  'occupation-unknown': ({ occupationsKnown }) => !occupationsKnown,
  'qualification-repeated': ({ qualifications }) => new Set(keysOf(qualifications)).size < qualifications.length,
  'dates-order': (facts) => inDisorder(facts) || facts.qualifications.some(inDisorder),
} satisfies Rules<StaffFacts>;

/** The rules that keeping this person on the list would break. */
export const reasonsNotToKeepStaff = (facts: StaffFacts) => broken(rules, facts);

/** What is told to whoever records it, and stops nothing: which qualification is demanded is 待核实. */
export const staffWarnings = {
  'qualification-unverified': '对师资和考评人员资格的要求待核实，登记时不作判断',
  'qualification-none': '没有登记任何职业的资格',
  'staff-same-name': '本单位已有同名人员，请核对是否重复登记',
} as const;
export type StaffWarning = keyof typeof staffWarnings;

export interface WarningFacts {
  readonly qualifications: readonly QualificationFacts[];
  /** The rule of the standard is known for every occupation and level that is named. */
  readonly demandKnown: boolean;
  readonly sameName: boolean;
}

const warnings = {
  'qualification-unverified': ({ qualifications, demandKnown }) => qualifications.length > 0 && !demandKnown,
  'qualification-none': ({ qualifications }) => qualifications.length === 0,
  'staff-same-name': ({ sameName }) => sameName,
} satisfies Record<StaffWarning, (facts: WarningFacts) => boolean>;

export const warningsOf = (facts: WarningFacts) => broken<WarningFacts, StaffWarning>(warnings, facts);
