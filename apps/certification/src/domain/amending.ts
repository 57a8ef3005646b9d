import { broken, type Rules } from '@shuzheng/platform/rules';
import { nameFault } from '@shuzheng/regulation';
import { type AmendmentAct, type AmendmentState, type CertificateState, mayAct } from './certificate-states.js';

/** A certificate, as far as an amendment depends on it. */
export interface AmendedCertificate {
  readonly state: CertificateState;
  readonly version: number;
  /** Does a request wait for its decision? */
  readonly open: boolean;
}

interface Asking {
  readonly act: AmendmentAct;
  readonly certificate: AmendedCertificate;
}

const asking = {
  'certificate-revoked': ({ certificate: { state } }) => state === 'revoked',
  'certificate-suspended': ({ act, certificate: { state } }) => state === 'suspended' && !mayAct(act, state),
  'certificate-not-suspended': ({ act, certificate: { state } }) =>
    act === 'reinstate' && state !== 'suspended' && state !== 'revoked',
  'amendment-open': ({ certificate: { open } }) => open,
} satisfies Rules<Asking>;

/** The rules a request would break, whatever it is that is asked for. */
export const reasonsNotToAsk = (act: AmendmentAct, certificate: AmendedCertificate): string[] =>
  broken(asking, { act, certificate });

/** A certificate is suspended until somebody looks again. */
export const reasonsNotToSuspend = (
  certificate: AmendedCertificate,
  { reviewOn, today }: { readonly reviewOn: string; readonly today: string },
): string[] => [...reasonsNotToAsk('suspend', certificate), ...(reviewOn <= today ? ['review-in-past'] : [])];

/** What a correction of each kind may change. What a result says is only changed by another result. */
export const correctable = {
  typo: ['holderName'],
  identity: ['holderName'],
  result: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type CorrectionKind = keyof typeof correctable;
export const correctionKinds = Object.keys(correctable) as readonly CorrectionKind[];

export interface CorrectingFacts {
  readonly certificate: AmendedCertificate;
  readonly kind: CorrectionKind;
  /** Which fields are asked to be changed. */
  readonly fields: readonly string[];
  readonly holderName: string;
  readonly newName: string | undefined;
  readonly evidence: boolean;
}

const correcting = {
  'result-needs-replacement': ({ kind }) => kind === 'result',
  'correction-field-fixed': ({ kind, fields }) =>
    kind !== 'result' && fields.some((field) => !(correctable[kind] as readonly string[]).includes(field)),
  'correction-changes-nothing': ({ kind, fields, holderName, newName }) =>
    kind !== 'result' && (fields.length === 0 || (fields.length === 1 && holderName === newName)),
  'evidence-missing': ({ kind, evidence }) => kind === 'identity' && !evidence,
} satisfies Rules<CorrectingFacts>;

/** The rules a request for correction would break, the faults of the name among them. */
export function reasonsNotToCorrect(facts: CorrectingFacts): string[] {
  const { certificate, newName } = facts;
  const fault = newName === undefined ? undefined : nameFault(newName);
  return [...reasonsNotToAsk('correct', certificate), ...broken(correcting, facts), ...(fault ? [fault] : [])];
}

interface Deciding {
  readonly state: AmendmentState;
  readonly requestedBy: string;
  readonly by: string | undefined;
}

const deciding = {
  'amendment-decided': ({ state }) => state !== 'requested',
  'same-person': ({ requestedBy, by }) => requestedBy === by,
} satisfies Rules<Deciding>;

/** The rules that approving or rejecting would break. Asking and deciding take two people. */
export const reasonsNotToDecide = (facts: Deciding): string[] => broken(deciding, facts);

const withdrawing = {
  'amendment-decided': ({ state }) => state !== 'requested',
  'not-requester': ({ requestedBy, by }) => requestedBy !== by,
} satisfies Rules<Deciding>;

/** The rules that withdrawing would break. */
export const reasonsNotToWithdraw = (facts: Deciding): string[] => broken(withdrawing, facts);
