import { directoryEndedMeanwhile } from './directory-ended-meanwhile.js';
import { directoryMissingOnDay } from './directory-missing-on-day.js';
import { equalScorePatterns } from './equal-score-patterns.js';
import { examBeforeTraining } from './exam-before-training.js';
import type { BatchFacts } from './facts.js';
import { hoursBelowStandard } from './hours-below-standard.js';
import { officerAttached } from './officer-attached.js';
import { onePhoneManyPeople } from './one-phone-many-people.js';
import { otherLevelInChain } from './other-level-in-chain.js';
import { passRateFarFromHistory } from './pass-rate-far-from-history.js';
import { resultBeforeExamEnd } from './result-before-exam-end.js';
import { sameDayTwoPlaces } from './same-day-two-places.js';
import { isPlain, type Severity, type SignalFacts, type SignalRule } from './signal.js';
import { trainingRevoked } from './training-revoked.js';

/**
 * Every rule that raises signals, in the order a reviewer reads them. The parameters are the product's defaults until the
 * office sets others, from a day on.
 */
export const signalRules: readonly SignalRule[] = [
  sameDayTwoPlaces,
  resultBeforeExamEnd,
  examBeforeTraining,
  hoursBelowStandard,
  trainingRevoked,
  directoryMissingOnDay,
  directoryEndedMeanwhile,
  equalScorePatterns,
  passRateFarFromHistory,
  onePhoneManyPeople,
  otherLevelInChain,
  officerAttached,
];

export const signalCodes = signalRules.map(({ code }) => code);
export const ruleOf = (code: string) => signalRules.find((rule) => rule.code === code);

/** The values a rule goes by on a day, and where they come from. */
export interface SettingInForce {
  readonly values: Readonly<Record<string, number>>;
  readonly source: string;
  readonly confidence: string;
  /** Null: the product's default. */
  readonly from: string | null;
}

export const defaultOf = ({ parameters, confidence }: SignalRule): SettingInForce => ({
  values: Object.fromEntries(Object.entries(parameters).map(([name, { value }]) => [name, value])),
  source: '产品默认值，未经省厅设定',
  confidence,
  from: null,
});

/** One signal that holds for a row, or for the batch when `rowId` is null. */
export interface Raised {
  readonly rowId: string | null;
  readonly code: string;
  readonly severity: Severity;
  readonly facts: SignalFacts;
  readonly setting: SettingInForce;
}

/** Everything that is to be said about a batch, each row and rule once. */
export function signalsOf(facts: BatchFacts, settings: ReadonlyMap<string, SettingInForce>): Raised[] {
  return signalRules.flatMap((rule) => {
    const setting = settings.get(rule.code) ?? defaultOf(rule);
    return rule.find(facts, setting.values).flatMap((found) => {
      if (!isPlain(found.facts)) throw new Error(`the facts of ${rule.code} hold what no signal may say`);
      const rowIds = found.rowIds.length > 0 ? found.rowIds : [null];
      return rowIds.map((rowId) => ({
        ...{ rowId, code: rule.code, severity: rule.severity, facts: found.facts, setting },
      }));
    });
  });
}

/** The rules that cannot say anything because a value they need is 待核实. */
export const unverifiedIn = (facts: BatchFacts) =>
  signalRules.filter(({ unverified }) => unverified?.(facts) === true).map(({ code }) => code);

/** What is wrong with values that somebody wants to set: the names of the parameters. */
export function faultyValues({ parameters }: SignalRule, values: Readonly<Record<string, unknown>>): string[] {
  const names = [...new Set([...Object.keys(parameters), ...Object.keys(values)])];
  return names.filter((name) => {
    const [parameter, value] = [parameters[name], values[name]];
    return !parameter || typeof value !== 'number' || value < parameter.least || value > parameter.most;
  });
}
