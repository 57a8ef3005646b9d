import { Malformed } from '@shuzheng/contracts';
import { NotYet } from './reactions.js';

interface Fault {
  readonly code?: string;
  readonly name?: string;
  readonly message?: string;
  readonly constraint?: string;
  readonly column?: string;
  readonly stack?: string;
}

// Connection, transaction rollback, resources, object state, system; 57P is a shutdown, while 57014 is a statement
// that took too long, and would again.
const outage = /^(08|40|53|55|58)...$|^57P|^E(CONN|PIPE|TIMEDOUT|HOST|NET|AI_)/;
const lost = /Connection terminated|connection error|timeout exceeded when trying|after calling end on the pool/;

/** The database or the network, not the event: trying the same again later may well succeed. */
export function isOutage(error: unknown): boolean {
  const { code, message } = (error ?? {}) as Fault;
  return outage.test(code ?? '') || lost.test(message ?? '');
}

/** What an operator may read about a failure. Messages of the database quote values, so only our own are kept. */
export function described(error: unknown): string {
  if (error instanceof NotYet || error instanceof Malformed) return error.message;
  const { name, code, constraint, column, stack } = (error ?? {}) as Fault;
  const frame = stack?.split('\n').find((line) => line.trimStart().startsWith('at '));
  return [name ?? 'unknown', code, constraint, column, frame?.trim()].filter(Boolean).join(' ');
}
