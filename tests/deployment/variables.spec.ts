import { describe, expect, it } from '@jest/globals';
import { services } from '@shuzheng/contracts';
import { readConfig, variables } from '@shuzheng/platform';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../process.js';
import { compose, type Environment, type Part } from './compose.js';
import { type Manifest, rendered } from './kustomize.js';

// Nothing here can run a container: what the files say is compared with what the programs read.
const aBucket = {
  FILES_S3_ENDPOINT: 'https://s3.example',
  FILES_S3_REGION: 'cn-east-1',
  FILES_S3_BUCKET: 'shuzheng-files',
  FILES_S3_ACCESS_KEY_ID: 'shuzheng',
  FILES_S3_SECRET_ACCESS_KEY: 'pW3xKc8vQm2Zt7Rj',
};
const aProvider = {
  OIDC_ISSUER: 'https://login.example',
  OIDC_CLIENT_ID: 'shuzheng',
  OIDC_CLIENT_SECRET: 'secret',
  OIDC_SECOND_FACTOR: 'mfa',
};
const aModule = {
  ISSUER_PKCS11_MODULE: '/opt/module/lib/libpkcs11.so',
  ISSUER_PKCS11_TOKEN: 'shuzheng',
  ISSUER_PKCS11_KEY: 'issuer-2026',
  ISSUER_PKCS11_PIN_FILE: '/run/keys/issuer.pin',
};

/** The names of compose's services that are ours, with what each is started with when `.env` says this. */
const composed = (env: Environment = {}) =>
  new Map(Object.entries(compose(env).services).filter(([name]) => name !== 'postgres' && name !== 'kafka'));

interface Container {
  readonly name: string;
  readonly command: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly envFrom?: readonly { readonly configMapRef?: object; readonly secretRef?: { readonly name: string } }[];
  readonly startupProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
}
interface Probe {
  readonly httpGet: { readonly path: string };
}
interface Started {
  readonly data?: Environment;
  readonly spec: { readonly template: { readonly spec: { readonly containers: readonly Container[] } } };
}

const manifestsOf = (overlay: string) =>
  rendered(join(root, 'k8s/overlays', overlay)) as unknown as readonly (Manifest & Started)[];
const containersOf = (overlay: string) =>
  manifestsOf(overlay)
    .filter(({ kind }) => kind === 'Deployment' || kind === 'Job')
    .flatMap(({ spec }) => spec.template.spec.containers);

/** What the secrets hold that are given whole, as docs/deploying.md has them made. */
const secrets: Readonly<Record<string, Environment>> = {
  'files-store': aBucket,
  'identity-oidc': aProvider,
  'certification-issuer': aModule,
};

/** The same parts, as the cluster starts them; what comes from a single key of a secret has a value nobody sees here. */
function clustered(overlay: string): Map<string, Part> {
  const shared = manifestsOf(overlay).find(({ kind }) => kind === 'ConfigMap')?.data ?? {};
  return new Map(
    containersOf(overlay).map(({ name, command, env = [], envFrom = [] }) => [
      name,
      {
        command,
        environment: Object.assign(
          {},
          ...envFrom.map(({ secretRef }) => (secretRef ? secrets[secretRef.name] : shared)),
          Object.fromEntries(env.map((one) => [one.name, one.value ?? 'from a secret'])),
        ) as Environment,
      },
    ]),
  );
}

const onlyElsewhere = ['ADMIN_DATABASE_URL', 'SERVICES'];
const neverDeployed = ['KAFKA_PORT', 'SHUZHENG_CRASH_AT', 'SHUZHENG_WITH_PARENT'];
const optional = [
  ...['DATABASE_POOL', 'ACCESS_TOKEN_SECONDS', 'SHUZHENG_LOG', 'DATABASE_SECRET'],
  ...Object.keys(variables).filter((name) => /^(FILES_S3|OIDC|ISSUER_PKCS11)_/.test(name)),
];

describe.each([
  ['docker-compose.yml', composed()],
  ['docker-compose.yml with a bucket, a provider and a module', composed({ ...aBucket, ...aProvider, ...aModule })],
  ['k8s/overlays/folder', clustered('folder')],
  ['k8s/overlays/bucket', clustered('bucket')],
])('%s', (_file, parts) => {
  it('starts every service, the edge and the migration, each by a program that is there', () => {
    expect([...parts.keys()].sort()).toEqual([...services, 'edge', 'migrate'].sort());
    for (const { command } of parts.values()) {
      expect(command[0]).toBe('node');
      const source = command[1]?.replace('/dist/', '/src/').replace(/\.js$/, '.ts') ?? '';
      expect({ source, there: existsSync(join(root, source)) }).toEqual({ source, there: true });
    }
  });

  it('sets no variable that nothing reads', () => {
    const known = [...Object.keys(variables), ...onlyElsewhere];
    const set = [...parts.values()].flatMap(({ environment }) => Object.keys(environment));

    expect([...new Set(set)].filter((name) => !known.includes(name))).toEqual([]);
    expect(set.filter((name) => neverDeployed.includes(name))).toEqual([]);
  });

  it('sets every variable that a service needs, with values that production accepts', () => {
    const needed = Object.keys(variables).filter((name) => ![...neverDeployed, ...optional].includes(name));
    for (const name of services) {
      const environment = parts.get(name)?.environment ?? {};
      expect(needed.filter((variable) => !(variable in environment))).toEqual([]);
      const given = {
        DATABASE_URL: `postgres://${name}:v7Lk2Xc5Bm8Hs@postgres:5432/shuzheng`,
        DATABASE_SECRET: 'q9Zr4Tn0Wv7Lk2Xc5Bm8Hs1Dg6Fj3PyQ4',
        PUBLIC_URL: 'https://shuzheng.example',
      };
      expect(readConfig({ ...environment, ...given }).profile).toBe('production');
    }
  });

  it('tells the edge where each service is', () => {
    const addresses = JSON.parse(parts.get('edge')?.environment['SERVICES'] ?? '{}') as Environment;

    expect(Object.keys(addresses).sort()).toEqual([...services].sort());
    for (const name of services) expect(addresses[name]).toBe(`http://${name}:3000`);
  });
});

it('keeps files in the bucket where one is named, and in folders where none is', () => {
  const kept = (parts: Map<string, Part>) =>
    readConfig({
      ...parts.get('enrollment')?.environment,
      DATABASE_URL: 'postgres://enrollment:v7Lk2Xc5Bm8Hs@postgres:5432/shuzheng',
      DATABASE_SECRET: '',
      PUBLIC_URL: 'https://shuzheng.example',
    }).files;

  expect([kept(composed()), kept(clustered('folder'))]).toEqual(['/var/lib/shuzheng', '/var/lib/shuzheng']);
  expect([kept(composed(aBucket)), kept(clustered('bucket'))]).toMatchObject([
    { bucket: 'shuzheng-files', addressing: 'path' },
    { bucket: 'shuzheng-files', addressing: 'path' },
  ]);
  const claims = (overlay: string) => manifestsOf(overlay).filter(({ kind }) => kind === 'PersistentVolumeClaim');
  expect([claims('folder').length, claims('bucket').length]).toEqual([services.length, 0]);
});

it('lets identity alone know of a provider', () => {
  const told = (parts: Map<string, Part>) => [...parts].filter(([, one]) => 'OIDC_ISSUER' in one.environment);

  for (const parts of [composed(aProvider), clustered('folder')])
    expect(told(parts).map(([name]) => name)).toEqual(['identity']);
});

it('tells certification alone where the signing key is', () => {
  const told = (parts: Map<string, Part>) =>
    [...parts].filter(([, { environment }]) => 'ISSUER_PKCS11_PIN_FILE' in environment);

  for (const parts of [composed(aModule), clustered('folder')]) {
    expect(told(parts).map(([name]) => name)).toEqual(['certification']);
    const given = {
      DATABASE_URL: 'postgres://certification:v7Lk2Xc5Bm8Hs@postgres:5432/shuzheng',
      DATABASE_SECRET: '',
    };
    const environment = { ...parts.get('certification')?.environment, ...given };
    expect(readConfig(environment).issuer).toMatchObject({ key: 'issuer-2026', pinFile: '/run/keys/issuer.pin' });
  }
});

it('asks only for health pages that there are', () => {
  const paths = containersOf('folder').flatMap(({ startupProbe, livenessProbe, readinessProbe }) =>
    [startupProbe, livenessProbe, readinessProbe].flatMap((probe) => probe?.httpGet.path ?? []),
  );

  expect(new Set(paths)).toEqual(new Set(['/health/live', '/health/ready']));
});
