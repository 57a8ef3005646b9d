import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export type Profile = 'demo' | 'test' | 'production';

/** A variable that cannot be used as it is. The process stops with this one line. */
export class BadConfiguration extends Error {
  constructor(variable: string, advice: string) {
    super(`${variable}: ${advice}`);
  }
}

/** Everything the environment decides. Read once, at start. */
export interface Config {
  readonly profile: Profile;
  readonly port: number;
  readonly host: string;
  /** One URL for every service, without a user: each service then signs in under its own role. */
  readonly databaseUrl: string;
  /** Makes the roles' passwords where the URL names no user. */
  readonly databaseSecret: string | undefined;
  readonly poolSize: number;
  /** None means: deliver events inside this process. */
  readonly kafkaBrokers: readonly string[];
  readonly topicPrefix: string;
  /** A folder of key files: `token.key`, `token.pub`, `seal.key`, `event.key`, `index.key`, `issuer.key`, `code.key`. */
  readonly keys: string;
  /** Where files that were handed in are kept. */
  readonly files: string;
  /** The address that is printed on certificates and receipts. */
  readonly publicUrl: string;
  readonly accessTokenSeconds: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Every variable that is read, with what it is for: the deployment files are compared with this list. */
export const variables = {
  SHUZHENG_PROFILE: 'demo (default), test or production',
  PORT: 'the port to serve on, 3000 by default',
  HOST: 'the address to bind, 127.0.0.1 by default',
  DATABASE_URL: 'postgres://[user:password@]host:port/database',
  DATABASE_SECRET: 'where DATABASE_URL names no user: makes the password of each service role',
  DATABASE_POOL: 'connections per service, 5 by default',
  KAFKA_BROKERS: 'host:port[,host:port]; empty delivers events inside the process',
  TOPIC_PREFIX: 'put before every topic and group, shuzheng. by default',
  SHUZHENG_KEYS: 'the folder of key files',
  SHUZHENG_FILES: 'the folder that keeps files handed in',
  PUBLIC_URL: 'the address printed on certificates, http://127.0.0.1:PORT by default',
  ACCESS_TOKEN_SECONDS: 'how long an access token lives, 300 at most and by default',
  SHUZHENG_LOG: 'pino log level, info by default',
  SHUZHENG_WITH_PARENT: 'laptop only: end when standard input ends',
  SHUZHENG_CRASH_AT: 'tests only: the named point to crash at',
} as const;

export function readConfig(env: Environment = process.env): Config {
  const port = integer(env, 'PORT', 3000, 0, 65535);
  const config: Config = {
    profile: oneOf(env, 'SHUZHENG_PROFILE', ['demo', 'test', 'production'], 'demo'),
    port,
    host: env['HOST'] ?? '127.0.0.1',
    databaseUrl: url(env, 'DATABASE_URL', 'postgres:'),
    databaseSecret: env['DATABASE_SECRET'],
    poolSize: integer(env, 'DATABASE_POOL', 5, 2, 100),
    kafkaBrokers: (env['KAFKA_BROKERS'] ?? '').split(',').filter(Boolean),
    topicPrefix: env['TOPIC_PREFIX'] ?? 'shuzheng.',
    keys: required(env, 'SHUZHENG_KEYS', 'name the folder of key files'),
    files: required(env, 'SHUZHENG_FILES', 'name the folder that keeps files'),
    publicUrl: env['PUBLIC_URL'] ?? `http://127.0.0.1:${port}`,
    accessTokenSeconds: integer(env, 'ACCESS_TOKEN_SECONDS', 300, 5, 300),
  };
  for (const broker of config.kafkaBrokers) {
    if (!/^[\w.-]+:\d+$/.test(broker))
      throw new BadConfiguration('KAFKA_BROKERS', 'write host:port, several parted by commas');
  }
  if (!new URL(config.databaseUrl).username && !config.databaseSecret) {
    throw new BadConfiguration('DATABASE_SECRET', 'set it, or name a user and password in DATABASE_URL');
  }
  if (config.profile === 'production') refuseUnsafe(config, env);
  return config;
}

/** What may run on a laptop must not run a registry. Each refusal says what to do. */
function refuseUnsafe(config: Config, env: Environment) {
  if (env['SHUZHENG_CRASH_AT']) throw new BadConfiguration('SHUZHENG_CRASH_AT', 'unset it: crash points are for tests');
  if (env['SHUZHENG_EMBEDDED']) {
    throw new BadConfiguration(
      'DATABASE_URL',
      'name a PostgreSQL server: the embedded database is for demonstration only',
    );
  }
  if (env['SHUZHENG_DEMO_ACCOUNTS']) {
    throw new BadConfiguration('SHUZHENG_DEMO_ACCOUNTS', 'unset it: demonstration accounts have published passwords');
  }
  const weak = ['postgres', 'shuzheng', 'password', 'secret', 'changeme', 'demo'];
  if (
    config.databaseSecret !== undefined &&
    (config.databaseSecret.length < 32 || weak.includes(config.databaseSecret))
  ) {
    throw new BadConfiguration(
      'DATABASE_SECRET',
      'use at least 32 random characters, for example from openssl rand -base64 33',
    );
  }
  if (weak.includes(decodeURIComponent(new URL(config.databaseUrl).password))) {
    throw new BadConfiguration('DATABASE_URL', 'the password is a default one: set a random password for this role');
  }
}

/** The bytes of a key file; undefined where this process was not given that key. */
export function readKey(config: Pick<Config, 'keys' | 'profile'>, name: string): Buffer | undefined {
  const path = join(config.keys, name);
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return undefined;
  if (
    config.profile === 'production' &&
    name.endsWith('.key') &&
    process.platform !== 'win32' &&
    (found.mode & 0o077) !== 0
  ) {
    throw new BadConfiguration('SHUZHENG_KEYS', `${name} can be read by others: chmod 600 it`);
  }
  return readFileSync(path);
}

export function requireKey(config: Pick<Config, 'keys' | 'profile'>, name: string): Buffer {
  const key = readKey(config, name);
  if (!key) throw new BadConfiguration('SHUZHENG_KEYS', `${name} is missing in the folder`);
  return key;
}

function required(env: Environment, name: string, advice: string) {
  const value = env[name];
  if (!value) throw new BadConfiguration(name, advice);
  return value;
}

function integer(env: Environment, name: string, fallback: number, min: number, max: number) {
  const value = Number(env[name] ?? fallback);
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new BadConfiguration(name, `write a whole number from ${min} to ${max}`);
  }
  return value;
}

function oneOf<T extends string>(env: Environment, name: string, values: readonly T[], fallback: T): T {
  const value = env[name] ?? fallback;
  const known = values.find((one) => one === value);
  if (!known) throw new BadConfiguration(name, `write one of ${values.join(', ')}`);
  return known;
}

function url(env: Environment, name: string, protocol: string) {
  const value = required(env, name, `write ${protocol}//host:port/database`);
  if (!URL.canParse(value) || !value.startsWith(protocol)) {
    throw new BadConfiguration(name, `write ${protocol}//host:port/database`);
  }
  return value;
}
