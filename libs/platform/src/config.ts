import { isIP } from 'node:net';
import { BadConfiguration } from './bad-configuration.js';
import { type BucketSettings, bucketVariables, readBucket } from './bucket-settings.js';
import { type IssuerSettings, issuerVariables, readIssuer } from './issuer-settings.js';

export { BadConfiguration } from './bad-configuration.js';

export type Profile = 'demo' | 'test' | 'production';

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
  SHUZHENG_FILES: 'the folder that keeps files handed in; needed where no bucket is named',
  ...bucketVariables,
  FILES_S3_ADDRESSING: 'where the bucket is named: in the path (path, default) or before the host (host)',
  ...issuerVariables,
  OIDC_ISSUER: 'identity: the address of an OpenID provider, https; empty: sign in by password alone',
  OIDC_CLIENT_ID: 'identity: this registry’s name at the provider',
  OIDC_CLIENT_SECRET: 'identity: its secret there',
  OIDC_SECOND_FACTOR: 'identity: what the provider says (amr, acr) of whom it asked for two factors, parted by commas',
  PUBLIC_URL: 'the address printed on certificates, http://127.0.0.1:PORT by default',
  ACCESS_TOKEN_SECONDS: 'how long an access token lives, 300 at most and by default',
  TRUSTED_PROXIES: 'addresses or networks of the proxies before this service, parted by commas; none by default',
  SHUZHENG_LOG: 'trace, debug, info (default), warn, error, fatal or silent',
  SHUZHENG_WITH_PARENT: 'laptop only: end when standard input ends',
  SHUZHENG_CRASH_AT: 'tests only: the named point to crash at',
} as const;

export function readConfig(env: Environment = process.env): Config {
  const port = integer(env, 'PORT', 3000, 0, 65535);
  const issuer = readIssuer(env);
  const config: Config = {
    profile: oneOf(env, 'SHUZHENG_PROFILE', ['demo', 'test', 'production'], 'demo'),
    port,
    host: given(env, 'HOST') ?? '127.0.0.1',
    databaseUrl: databaseUrl(env),
    databaseSecret: given(env, 'DATABASE_SECRET'),
    poolSize: integer(env, 'DATABASE_POOL', 5, 2, 100),
    kafkaBrokers: brokers(env),
    topicPrefix: topicPrefix(env),
    keys: required(env, 'SHUZHENG_KEYS', 'name the folder of key files'),
    files: readBucket(env) ?? required(env, 'SHUZHENG_FILES', 'name the folder that keeps files'),
    ...(issuer ? { issuer } : {}),
    publicUrl: publicUrl(env, port),
    accessTokenSeconds: integer(env, 'ACCESS_TOKEN_SECONDS', 300, 5, 300),
    trustedProxies: readProxies(env),
  };
  oneOf(env, 'SHUZHENG_LOG', logLevels, 'info');
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

/** What a variable says; one that is empty says nothing. */
const given = (env: Environment, name: keyof typeof variables) => env[name] || undefined;

function required(env: Environment, name: keyof typeof variables, advice: string) {
  const value = given(env, name);
  if (!value) throw new BadConfiguration(name, advice);
  return value;
}

function integer(env: Environment, name: keyof typeof variables, fallback: number, min: number, max: number) {
  const text = given(env, name) ?? String(fallback);
  const value = Number(text);
  if (!/^\d{1,9}$/.test(text) || value < min || value > max) {
    throw new BadConfiguration(name, `write a whole number from ${min} to ${max}`);
  }
  return value;
}

function oneOf<T extends string>(env: Environment, name: keyof typeof variables, values: readonly T[], fallback: T): T {
  const value = given(env, name) ?? fallback;
  const known = values.find((one) => one === value);
  if (!known) throw new BadConfiguration(name, `write one of ${values.join(', ')}`);
  return known;
}

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

function databaseUrl(env: Environment) {
  const advice = 'write postgres://[user:password@]host:port/database';
  const value = required(env, 'DATABASE_URL', advice);
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !/^postgres(ql)?:\/\/./.test(url.href) || url.pathname.length < 2 || !decodes(url.password)) {
    throw new BadConfiguration('DATABASE_URL', advice);
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
