import { pino } from 'pino';
import { logLevels } from './config.js';

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

const level = logLevels.find((one) => one === process.env['SHUZHENG_LOG']) ?? 'info';
const destination = pino.destination({ dest: process.stdout.fd, sync: true });
let lines = '';

/** The lines of one turn are written together: a call to the system for each costs more than to make the line. */
const turn = {
  write(line: string) {
    if (lines === '') setImmediate(writeOut);
    lines += line;
  },
};

function writeOut() {
  if (lines !== '') destination.write(lines);
  lines = '';
}

process.on('exit', writeOut);

const out = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, turn);

const uuids = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const WITHHELD = '[withheld]';
/** These say something in words; all the others are one. */
const spoken: readonly string[] = ['destination', 'code'] satisfies (keyof LogFields)[];

const frame = /^ *at (?:(?:async |new )*[\w$.<>[\] ]+ )?\(?(?:file:\/\/|node:|\/|[A-Za-z]:[\\/])[^\s()]*:\d+:\d+\)?$/;

/** Nothing that could be a name or the number of a document or a phone: whoever passes it, by mistake or in a cast. */
function printable(key: string, value: unknown): unknown {
  if (typeof value === 'number') return Math.abs(value) < 1e9 ? value : WITHHELD;
  if (typeof value !== 'string') return WITHHELD;
  if (key === 'stack') return value.split('\n').filter(isFrame).join('\n');
  return isHarmless(value) && (spoken.includes(key) || !/\s/.test(value)) ? value : WITHHELD;
}

const isHarmless = (text: string) =>
  /^[\x20-\x7e]*$/.test(text) && (!/\d{7}/.test(text) || !/\d{7}/.test(text.replace(uuids, '')));

const isFrame = (line: string) => frame.test(line) && isHarmless(line);

function only(fields: LogFields) {
  const told: Record<string, unknown> = {};
  for (const key of allowed) if (fields[key] !== undefined) told[key] = printable(key, fields[key]);
  return told;
}
const sentence = (message: string) => (isHarmless(message) ? message : WITHHELD);

/** Structured logs. The message is a fixed sentence; what varies goes into the named fields. */
export const log = {
  info: (message: string, fields: LogFields = {}) => out.info(only(fields), sentence(message)),
  warn: (message: string, fields: LogFields = {}) => out.warn(only(fields), sentence(message)),
  /** What comes next may be the end of the process: nothing may be left in memory. */
  error: (message: string, fields: LogFields = {}) => {
    out.error(only(fields), sentence(message));
    writeOut();
  },
};

/** What of an error may be printed: its kind and code, and where in our code it arose, but never its message or values. */
export function faultOf(error: unknown): LogFields {
  const { code, name, message, stack } = (error ?? {}) as Partial<
    Record<'code' | 'name' | 'message' | 'stack', unknown>
  >;
  const kind = [code, name].find((one) => typeof one === 'string' && one !== '');
  // A message may have lines of its own, that look like frames.
  const frames = (typeof stack === 'string' ? stack : '')
    .replace(typeof message === 'string' ? message : '', '')
    .split('\n')
    .filter(isFrame)
    .slice(0, 8);
  return {
    code: typeof kind === 'string' && /^[\w.:-]{1,60}$/.test(kind) && isHarmless(kind) ? kind : 'unknown',
    ...(frames.length > 0 ? { stack: frames.join('\n') } : {}),
  };
}
