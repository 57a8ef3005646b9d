import { isIP } from 'node:net';
import { BadConfiguration } from './bad-configuration.js';
import { type BucketSettings, readBucket } from './bucket-settings.js';
import { readCrashPoint } from './crash.js';
import { type IssuerSettings, readIssuer } from './issuer-settings.js';
import type { Environment } from './named-together.js';
import { given, integer, oneOf, required } from './variables.js';

export { BadConfiguration } from './bad-configuration.js';
export { variables } from './variables.js';

export type Profile = 'demo' | 'test' | 'production';

/** What whatever serves is told: a service, the edge, and all of them on a laptop. */
export interface Door {
  readonly profile: Profile;
  readonly port: number;
  readonly host: string;
}

/** Everything the environment decides. Read once, at start. */
export interface Config extends Door {
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
  /** Where files that were handed in are kept: a folder, or a bucket elsewhere. */
  readonly files: string | BucketSettings;
  /** Where the signing key is, if not in `issuer.key`. */
  readonly issuer?: IssuerSettings;
  /** The address that is printed on certificates and receipts. */
  readonly publicUrl: string;
  readonly accessTokenSeconds: number;
  /** Addresses or networks of the proxies before this service; only what they say of a caller's address is believed. */
  readonly trustedProxies: readonly string[];
}

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export function readDoor(env: Environment = process.env): Door {
  oneOf(env, 'SHUZHENG_LOG', logLevels, 'info');
  return {
    profile: oneOf(env, 'SHUZHENG_PROFILE', ['demo', 'test', 'production'], 'demo'),
    port: integer(env, 'PORT', 3000, 0, 65535),
    host: given(env, 'HOST') ?? '127.0.0.1',
  };
}

export function readConfig(env: Environment = process.env): Config {
  const door = readDoor(env);
  const issuer = readIssuer(env);
  const config: Config = {
    ...door,
    databaseUrl: databaseUrl(env, 'DATABASE_URL'),
    databaseSecret: given(env, 'DATABASE_SECRET'),
    poolSize: integer(env, 'DATABASE_POOL', 5, 2, 100),
    kafkaBrokers: brokers(env),
    topicPrefix: topicPrefix(env),
    keys: required(env, 'SHUZHENG_KEYS', 'name the folder of key files'),
    files: readBucket(env) ?? required(env, 'SHUZHENG_FILES', 'name the folder that keeps files'),
    ...(issuer ? { issuer } : {}),
    publicUrl: publicUrl(env, door.port),
    accessTokenSeconds: integer(env, 'ACCESS_TOKEN_SECONDS', 300, 5, 300),
    trustedProxies: readProxies(env),
  };
  readCrashPoint(env);
  if (!new URL(config.databaseUrl).username && !config.databaseSecret) {
    throw new BadConfiguration('DATABASE_SECRET', 'set it, or name a user and password in DATABASE_URL');
  }
  if (config.profile === 'production') refuseUnsafe(config, env);
  return config;
}

/** What the migration command is told: it knows no service's role, and no key. */
export function readMigration(env: Environment = process.env) {
  readCrashPoint(env);
  const databaseSecret = given(env, 'DATABASE_SECRET');
  return {
    adminUrl: databaseUrl(env, 'ADMIN_DATABASE_URL'),
    ...(databaseSecret ? { databaseSecret } : {}),
    kafkaBrokers: brokers(env),
    topicPrefix: topicPrefix(env),
  };
}

/** What may run on a laptop must not run a registry. Each refusal says what to do. */
function refuseUnsafe(config: Config, env: Environment) {
  if (env['SHUZHENG_CRASH_AT']) throw new BadConfiguration('SHUZHENG_CRASH_AT', 'unset it: crash points are for tests');
  if (!given(env, 'PUBLIC_URL')) throw new BadConfiguration('PUBLIC_URL', 'set it: it is printed on certificates');
  if (config.databaseSecret !== undefined && isWeak(config.databaseSecret, 32)) {
    throw new BadConfiguration(
      'DATABASE_SECRET',
      'use at least 32 random characters, for example from openssl rand -base64 33',
    );
  }
  if (typeof config.files !== 'string' && isWeak(config.files.secretAccessKey, 12)) {
    throw new BadConfiguration('FILES_S3_SECRET_ACCESS_KEY', 'the secret is short or a default one: make a new key');
  }
  const { username, password } = new URL(config.databaseUrl);
  if (username && isWeak(decodeURIComponent(password), 12)) {
    throw new BadConfiguration('DATABASE_URL', 'the password is short or a default one: set a random password');
  }
}

const wellKnown = /^(postgres|shuzheng|password|passw0rd|secret|change-?me|default|minio|admin|demo|test|123456\d*)+$/i;

/** Short, well known, or one sign over and over: somebody would guess it. */
const isWeak = (secret: string, characters: number) =>
  secret.length < characters || wellKnown.test(secret) || new Set(secret).size < 8;

function brokers(env: Environment) {
  const named = (given(env, 'KAFKA_BROKERS') ?? '')
    .split(',')
    .map((broker) => broker.trim())
    .filter(Boolean);
  if (!named.every((broker) => /^[\w.-]+:\d{1,5}$/.test(broker))) {
    throw new BadConfiguration('KAFKA_BROKERS', 'write host:port, several parted by commas');
  }
  return named;
}

/** The edge reads it, too. */
export function readProxies(env: Environment = process.env) {
  const named = (given(env, 'TRUSTED_PROXIES') ?? '')
    .split(',')
    .map((proxy) => proxy.trim())
    .filter(Boolean);
  if (!named.every(isNetwork)) {
    throw new BadConfiguration(
      'TRUSTED_PROXIES',
      'write IP addresses or networks such as 10.0.0.0/8, parted by commas',
    );
  }
  return named;
}

function isNetwork(text: string) {
  const [address = '', bits, more] = text.split('/');
  const widest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return widest > 0 && more === undefined && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= widest));
}

function topicPrefix(env: Environment) {
  const prefix = given(env, 'TOPIC_PREFIX') ?? 'shuzheng.';
  if (!/^[\w.-]{1,100}$/.test(prefix)) {
    throw new BadConfiguration('TOPIC_PREFIX', 'write up to 100 letters, digits, dots, hyphens and underscores');
  }
  return prefix;
}

function databaseUrl(env: Environment, name: 'DATABASE_URL' | 'ADMIN_DATABASE_URL') {
  const advice = 'write postgres://[user:password@]host:port/database';
  const value = required(env, name, advice);
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !/^postgres(ql)?:\/\/./.test(url.href) || url.pathname.length < 2 || !decodes(url.password)) {
    throw new BadConfiguration(name, advice);
  }
  return value;
}

/** Without a slash at its end, because paths are put after it. */
function publicUrl(env: Environment, port: number) {
  const value = given(env, 'PUBLIC_URL') ?? `http://127.0.0.1:${port}`;
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) {
    throw new BadConfiguration('PUBLIC_URL', 'write https://host, as people reach it');
  }
  return value.replace(/\/+$/, '');
}

function decodes(text: string) {
  try {
    return decodeURIComponent(text).length >= 0;
  } catch {
    return false;
  }
}
