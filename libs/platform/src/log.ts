import { pino } from 'pino';

/**
 * All that a log line may carry. Names, document numbers and phones have no field here, and what is not
 * on this list is not printed, whoever passes it.
 */
export interface LogFields {
  readonly service?: string;
  readonly operation?: string;
  readonly method?: string;
  readonly route?: string;
  readonly status?: number;
  readonly ms?: number;
  readonly code?: string;
  readonly accountId?: string;
  readonly organisationId?: string;
  readonly correlationId?: string;
  readonly eventId?: string;
  readonly type?: string;
  readonly aggregate?: string;
  readonly producer?: string;
  readonly destination?: string;
  readonly count?: number;
  readonly port?: number;
  readonly signal?: string;
  readonly stack?: string;
}

const allowed = [
  'service',
  'operation',
  'method',
  'route',
  'status',
  'ms',
  'code',
  'accountId',
  'organisationId',
  'correlationId',
  'eventId',
  'type',
  'aggregate',
  'producer',
  'destination',
  'count',
  'port',
  'signal',
  'stack',
] as const satisfies readonly (keyof LogFields)[];

const out = pino({
  level: process.env['SHUZHENG_LOG'] ?? 'info',
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
});

const only = (fields: LogFields) =>
  Object.fromEntries(allowed.flatMap((key) => (fields[key] === undefined ? [] : [[key, fields[key]]])));

/** Structured logs. The message is a fixed sentence; what varies goes into the named fields. */
export const log = {
  info: (message: string, fields: LogFields = {}) => out.info(only(fields), message),
  warn: (message: string, fields: LogFields = {}) => out.warn(only(fields), message),
  error: (message: string, fields: LogFields = {}) => out.error(only(fields), message),
};

/** What of an error may be printed: its kind and code, and where in our code it arose, but never its message or values. */
export function faultOf(error: unknown): LogFields {
  const { code, name, stack } = (error ?? {}) as { code?: string; name?: string; stack?: string };
  const frames = (stack ?? '')
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 8);
  return { code: String(code ?? name ?? 'unknown'), ...(frames.length > 0 ? { stack: frames.join('\n') } : {}) };
}
