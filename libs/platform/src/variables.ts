import { BadConfiguration } from './bad-configuration.js';
import { bucketVariables } from './bucket-settings.js';
import { issuerVariables } from './issuer-settings.js';
import type { Environment } from './named-together.js';

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
  KAFKA_PORT: 'laptop only: the port of its Kafka, a free one by default',
  SHUZHENG_WITH_PARENT: 'laptop only: end when standard input ends',
  SHUZHENG_CRASH_AT: 'tests only: the named point to crash at',
} as const;

/** The migration command and the laptop read some that no service does. */
type Name = keyof typeof variables | 'ADMIN_DATABASE_URL';

/** What a variable says; one that is empty says nothing. */
export const given = (env: Environment, name: Name) => env[name] || undefined;

export function required(env: Environment, name: Name, advice: string) {
  const value = given(env, name);
  if (!value) throw new BadConfiguration(name, advice);
  return value;
}

export function integer(env: Environment, name: Name, fallback: number, min: number, max: number) {
  const text = given(env, name) ?? String(fallback);
  const value = Number(text);
  if (!/^\d{1,9}$/.test(text) || value < min || value > max) {
    throw new BadConfiguration(name, `write a whole number from ${min} to ${max}`);
  }
  return value;
}

export function oneOf<T extends string>(env: Environment, name: Name, values: readonly T[], fallback: T): T {
  const value = given(env, name) ?? fallback;
  const known = values.find((one) => one === value);
  if (!known) throw new BadConfiguration(name, `write one of ${values.join(', ')}`);
  return known;
}
