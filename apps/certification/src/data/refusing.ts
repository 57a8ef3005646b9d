import { Refused, type RowFault } from '@shuzheng/platform';
import { adviceOf } from '../domain/reasons.js';

interface Fault {
  readonly rule: string;
  readonly row?: number;
  readonly column?: string;
  readonly cell?: string;
  readonly reference?: string;
}

/** Stops the use case when rows break rules: every fault of every row is told, with what to do about it. */
export function refuseRows(faults: readonly Fault[], reasons?: readonly string[]): void {
  if (faults.length === 0) return;
  const told: RowFault[] = faults.map((fault) => ({ ...fault, advice: adviceOf(fault.rule) }));
  throw new Refused(reasons ?? [...new Set(faults.map(({ rule }) => rule))], told);
}
