import { afterAll, describe, expect, it } from '@jest/globals';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BadConfiguration, readConfig, readMigration } from './config.js';
import { readKey, requireKey } from './key-files.js';
import { makeKeys } from './keys.js';

const folder = mkdtempSync(join(tmpdir(), 'shuzheng-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const enough = {
  DATABASE_URL: 'postgres://db.example:5432/shuzheng',
  DATABASE_SECRET: 'q9Zr4Tn0Wv7Lk2Xc5Bm8Hs1Dg6Fj3Py0uE',
  SHUZHENG_KEYS: folder,
  SHUZHENG_FILES: folder,
};
const bucket = {
  FILES_S3_ENDPOINT: 'https://s3.example:9000',
  FILES_S3_REGION: 'cn-east-1',
  FILES_S3_BUCKET: 'shuzheng-files',
  FILES_S3_ACCESS_KEY_ID: 'shuzheng',
  FILES_S3_SECRET_ACCESS_KEY: 'pW3xKc8vQm2Zt7Rj',
};
const module = {
  ISSUER_PKCS11_MODULE: '/opt/module/libpkcs11.so',
  ISSUER_PKCS11_TOKEN: 'shuzheng',
  ISSUER_PKCS11_KEY: 'issuer-2026',
  ISSUER_PKCS11_PIN_FILE: '/run/keys/issuer.pin',
};
const production = { ...enough, SHUZHENG_PROFILE: 'production', PUBLIC_URL: 'https://shuzheng.example' };

/** The one line that a process stops with. */
function refusal(env: Record<string, string | undefined>) {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof BadConfiguration) return error.message;
    throw error;
  }
  return 'accepted';
}

it('needs the database, its secret and two folders, and has a default for everything else', () => {
  expect(readConfig(enough)).toMatchObject({
    profile: 'demo',
    port: 3000,
    host: '127.0.0.1',
    kafkaBrokers: [],
    publicUrl: 'http://127.0.0.1:3000',
    accessTokenSeconds: 300,
    trustedProxies: [],
  });
  for (const name of Object.keys(enough)) expect(refusal({ ...enough, [name]: undefined })).toMatch(`${name}: `);
});

it('takes a variable that is empty for one that is not set', () => {
  const empty = { PORT: '', HOST: '', DATABASE_POOL: '', TOPIC_PREFIX: '', PUBLIC_URL: '', SHUZHENG_PROFILE: '' };

  expect(readConfig({ ...enough, ...empty, SHUZHENG_LOG: '', KAFKA_BROKERS: '' })).toEqual(readConfig(enough));
});

it.each([
  ['SHUZHENG_PROFILE', 'prod'],
  ['PORT', '70000'],
  ['PORT', '0x10'],
  ['PORT', '-1'],
  ['PORT', '3.5'],
  ['PORT', 'http'],
  ['DATABASE_URL', 'mysql://db/shuzheng'],
  ['DATABASE_URL', 'postgres'],
  ['DATABASE_URL', 'postgres:shuzheng'],
  ['DATABASE_URL', 'postgres://db.example'],
  ['DATABASE_URL', 'postgres://user:%zz@db.example/shuzheng'],
  ['DATABASE_POOL', '1'],
  ['DATABASE_POOL', '1e2'],
  ['KAFKA_BROKERS', 'kafka'],
  ['KAFKA_BROKERS', 'one:9092,two'],
  ['TOPIC_PREFIX', 'a b'],
  ['PUBLIC_URL', 'shuzheng.example'],
  ['PUBLIC_URL', 'ftp://shuzheng.example'],
  ['ACCESS_TOKEN_SECONDS', '301'],
  ['ACCESS_TOKEN_SECONDS', '4'],
  ['TRUSTED_PROXIES', 'edge'],
  ['TRUSTED_PROXIES', '10.0.0.0/33'],
  ['TRUSTED_PROXIES', '10.0.0.1,'.concat('all')],
  ['SHUZHENG_LOG', 'loud'],
  ['SHUZHENG_CRASH_AT', 'isued'],
  ['SHUZHENG_CRASH_AT', 'issued:0'],
  ['SHUZHENG_CRASH_AT', 'issued:1:2'],
])('stops with one line that names %s when it is %s', (name, value) => {
  const line = refusal({ ...enough, [name]: value });

  expect(line).toMatch(new RegExp(`^${name}: [^\\n]{10,120}$`));
  expect(line).not.toContain(`${value}\n`);
});

it.each([
  ['ADMIN_DATABASE_URL', ''],
  ['ADMIN_DATABASE_URL', 'postgres'],
  ['KAFKA_BROKERS', 'kafka'],
  ['TOPIC_PREFIX', 'a b'],
  ['SHUZHENG_CRASH_AT', 'migrated'],
])('the migration stops with one line that names %s when it is "%s"', (name, value) => {
  const told = { ADMIN_DATABASE_URL: 'postgres://admin:admin@db.example:5432/shuzheng' };

  expect(readMigration(told)).toEqual({
    adminUrl: told.ADMIN_DATABASE_URL,
    kafkaBrokers: [],
    topicPrefix: 'shuzheng.',
  });
  expect(() => readMigration({ ...told, [name]: value })).toThrow(new RegExp(`^${name}: [^\\n]{10,120}$`));
});

it('takes several brokers, spaces around them, and an address with a slash at its end', () => {
  const config = readConfig({ ...enough, KAFKA_BROKERS: 'one:9092, two:9092,', PUBLIC_URL: 'https://a.example//' });

  expect(config).toMatchObject({ kafkaBrokers: ['one:9092', 'two:9092'], publicUrl: 'https://a.example' });
});

describe('a module for the signing key', () => {
  it('is read when all of it is named, and is of no meaning when none of it is', () => {
    const nothing = Object.fromEntries(Object.keys(module).map((name) => [name, '']));

    expect(readConfig({ ...enough, ...module }).issuer).toEqual({
      module: '/opt/module/libpkcs11.so',
      token: 'shuzheng',
      key: 'issuer-2026',
      pinFile: '/run/keys/issuer.pin',
    });
    expect(readConfig({ ...enough, ...nothing })).not.toHaveProperty('issuer');
  });

  it.each(Object.keys(module))('without %s is refused by its name', (name) => {
    expect(refusal({ ...enough, ...module, [name]: undefined })).toMatch(new RegExp(`^${name}: set it together with `));
  });

  it.each([
    ['ISSUER_PKCS11_MODULE', 'libpkcs11.so'],
    ['ISSUER_PKCS11_TOKEN', ' shuzheng'],
    ['ISSUER_PKCS11_KEY', 'k'.repeat(33)],
    ['ISSUER_PKCS11_PIN_FILE', '123456'],
  ])('stops with one line that names %s when it is %s', (name, value) => {
    expect(refusal({ ...enough, ...module, [name]: value })).toMatch(new RegExp(`^${name}: write the [^\\n]+$`));
  });
});

describe('a bucket for files', () => {
  it('takes the place of the folder when all of it is named, and is of no meaning when none of it is', () => {
    const { files } = readConfig({ ...enough, ...bucket, SHUZHENG_FILES: undefined, FILES_S3_ADDRESSING: 'host' });

    expect(files).toEqual({
      endpoint: 'https://s3.example:9000',
      region: 'cn-east-1',
      bucket: 'shuzheng-files',
      accessKeyId: 'shuzheng',
      secretAccessKey: 'pW3xKc8vQm2Zt7Rj',
      addressing: 'host',
    });
    expect(readConfig({ ...enough, ...bucket }).files).toMatchObject({ addressing: 'path' });
    const nothing = Object.fromEntries(Object.keys(bucket).map((name) => [name, '']));
    expect(readConfig({ ...enough, ...nothing }).files).toBe(folder);
  });

  it.each(Object.keys(bucket))('without %s is refused by its name', (name) => {
    expect(refusal({ ...enough, ...bucket, [name]: undefined })).toMatch(
      new RegExp(`^${name}: set it together with FILES_S3_`),
    );
  });

  it.each([
    ['FILES_S3_ENDPOINT', 's3.example'],
    ['FILES_S3_ENDPOINT', 'ftp://s3.example'],
    ['FILES_S3_ENDPOINT', 'https://s3.example/files'],
    ['FILES_S3_ENDPOINT', 'https://key:secret@s3.example'],
    ['FILES_S3_REGION', 'cn east'],
    ['FILES_S3_BUCKET', 'Files'],
    ['FILES_S3_BUCKET', '../files'],
    ['FILES_S3_ACCESS_KEY_ID', 'a b c'],
    ['FILES_S3_SECRET_ACCESS_KEY', 'short'],
    ['FILES_S3_ADDRESSING', 'both'],
  ])('stops with one line that names %s when it is %s', (name, value) => {
    const line = refusal({ ...enough, ...bucket, [name]: value });

    expect(line).toMatch(new RegExp(`^${name}: [^\\n]{10,120}$`));
    expect(line).not.toContain(value === 'both' ? '"both"' : value);
  });
});

describe('in production', () => {
  it('starts when everything is as it should be', () => {
    expect(refusal(production)).toBe('accepted');
    expect(refusal({ ...production, ...bucket })).toBe('accepted');
    expect(refusal({ ...production, DATABASE_URL: 'postgres://oversight:v7Lk2Xc5Bm8Hs@db/shuzheng' })).toBe('accepted');
  });

  it.each([
    ['SHUZHENG_CRASH_AT', { SHUZHENG_CRASH_AT: 'before-commit' }, 'unset it'],
    ['PUBLIC_URL', { PUBLIC_URL: undefined }, 'set it'],
    ['DATABASE_SECRET', { DATABASE_SECRET: 'postgres' }, 'use at least 32 random characters'],
    ['DATABASE_SECRET', { DATABASE_SECRET: 'q9Zr4Tn0Wv7Lk2Xc5Bm8Hs1Dg6Fj3Py' }, 'use at least 32 random characters'],
    ['DATABASE_SECRET', { DATABASE_SECRET: 'a'.repeat(40) }, 'use at least 32 random characters'],
    ['DATABASE_SECRET', { DATABASE_SECRET: 'password'.repeat(5) }, 'use at least 32 random characters'],
    ['FILES_S3_SECRET_ACCESS_KEY', { ...bucket, FILES_S3_SECRET_ACCESS_KEY: 'minioadmin' }, 'make a new key'],
    ['DATABASE_URL', { DATABASE_URL: 'postgres://postgres:postgres@db/shuzheng' }, 'set a random password'],
    ['DATABASE_URL', { DATABASE_URL: 'postgres://postgres@db/shuzheng' }, 'set a random password'],
    ['DATABASE_URL', { DATABASE_URL: 'postgres://postgres:shuzheng123@db/shuzheng' }, 'set a random password'],
  ])('refuses %s %j and says what to do', (name, change, advice) => {
    const line = refusal({ ...production, ...change });

    expect(line).toMatch(new RegExp(`^${name}: [^\\n]{10,140}$`));
    expect(line).toContain(advice);
    expect(refusal({ ...production, ...change, SHUZHENG_PROFILE: 'demo' })).toBe('accepted');
  });
});

describe('a key file', () => {
  const keys = join(folder, 'keys');
  makeKeys(keys);
  const inProduction = { keys, profile: 'production' } as const;

  it.each([0o644, 0o604, 0o660, 0o601])('that others may use (%o) stops production and nothing else', (mode) => {
    chmodSync(join(keys, 'seal.key'), mode);

    expect(() => readKey(inProduction, 'seal.key')).toThrow('SHUZHENG_KEYS: seal.key can be read by others: chmod 600');
    expect(readKey({ keys, profile: 'demo' }, 'seal.key')).toHaveLength(32);
  });

  it.each([0o600, 0o400, 0o440])('for this process alone or for its group (%o) is read', (mode) => {
    chmodSync(join(keys, 'seal.key'), mode);

    expect(readKey(inProduction, 'seal.key')).toHaveLength(32);
    chmodSync(join(keys, 'seal.key'), 0o600);
  });

  it('may be public when it is the public half', () => {
    chmodSync(join(keys, 'token.pub'), 0o644);

    expect(requireKey(inProduction, 'token.pub').toString()).toContain('PUBLIC KEY');
  });

  it('that is missing is named', () => {
    expect(readKey(inProduction, 'other.key')).toBeUndefined();
    expect(() => requireKey(inProduction, 'other.key')).toThrow('SHUZHENG_KEYS: other.key is missing in the folder');
  });
});
