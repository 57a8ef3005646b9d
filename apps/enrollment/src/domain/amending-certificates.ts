import { broken, type Rules } from '@shuzheng/platform/rules';
import { type ClassState, faultsOfMove } from './class-states.js';

/** Why a training certificate is revoked. Nobody leaves a completed class: who does, gives the certificate back. */
export const revocationReasons = [
  'issued-wrongly',
  'hours-not-met',
  'result-voided',
  'fraud',
  'trainee-left',
  'other',
] as const;

/** After a revocation for one of these, no other certificate is issued along with those of the class. */
export const lastingReasons: readonly (typeof revocationReasons)[number][] = ['fraud', 'trainee-left'];

export interface CorrectionFacts {
  readonly classState: ClassState;
  readonly state: string;
  readonly number: { readonly stands: string | null; readonly wanted: string | undefined; readonly taken: boolean };
  /** The wanted name is the registered one; and it is not the one on the certificate already. */
  readonly name: { readonly wanted: boolean; readonly registered: boolean; readonly differs: boolean };
}

const changesNumber = ({ number }: CorrectionFacts) => number.wanted !== undefined && number.wanted !== number.stands;

const correctionRules = {
  'certificate-revoked': ({ state }) => state === 'revoked',
  'correction-empty': (facts) => !changesNumber(facts) && !(facts.name.wanted && facts.name.differs),
  'certificate-number-taken': (facts) => changesNumber(facts) && facts.number.taken,
  'holder-name-differs': ({ name }) => name.wanted && !name.registered,
} satisfies Rules<CorrectionFacts>;

/** The rules that correcting this certificate would break. */
export const reasonsNotToCorrect = (facts: CorrectionFacts): string[] => [
  ...faultsOfMove(facts.classState, 'amend-certificate'),
  ...broken(correctionRules, facts),
];

export interface ProposalFacts {
  readonly classState: ClassState;
  readonly state: string;
  readonly open: boolean;
  readonly reason: string;
  readonly text: string | undefined;
}

const proposalRules = {
  'certificate-revoked': ({ state }) => state === 'revoked',
  'revocation-open': ({ open }) => open,
  'reason-text-missing': ({ reason, text }) => reason === 'other' && text === undefined,
} satisfies Rules<ProposalFacts>;

/** The rules that proposing this revocation would break. */
export const reasonsNotToPropose = (facts: ProposalFacts): string[] => [
  ...faultsOfMove(facts.classState, 'amend-certificate'),
  ...broken(proposalRules, facts),
];

export interface DecisionFacts {
  readonly state: string;
  /** Whoever approves must be somebody else; whoever proposed it may take it back. */
  readonly approves: boolean;
  readonly ownProposal: boolean;
}

const decisionRules = {
  'revocation-decided': ({ state }) => state !== 'proposed',
  'same-person': ({ approves, ownProposal }) => approves && ownProposal,
} satisfies Rules<DecisionFacts>;

export const reasonsNotToDecide = (facts: DecisionFacts) => broken(decisionRules, facts);
