import { describe, expect, it } from '@jest/globals';
import { services } from '@shuzheng/contracts';
import { readConfig, variables } from '@shuzheng/platform';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { root } from '../process.js';

// Nothing here can run a container: what the files say is compared with what the programs read.
type Environment = Record<string, string>;
interface Part {
  readonly command: readonly string[];
  readonly environment: Environment;
}

const text = (path: string) => readFileSync(join(root, path), 'utf8');

/** The names of compose's services that are ours, with what each is started with. */
function composed(): Map<string, Part> {
  const file = parse(text('docker-compose.yml'), { merge: true }) as { services: Record<string, Part> };
  return new Map(Object.entries(file.services).filter(([name]) => name !== 'postgres' && name !== 'kafka'));
}

interface Container extends Part {
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly envFrom?: readonly unknown[];
  readonly startupProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
}
interface Probe {
  readonly httpGet: { readonly path: string };
}
interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly data?: Environment;
  readonly spec: { readonly template: { readonly spec: { readonly containers: readonly Container[] } } };
}

const manifests = readdirSync(join(root, 'k8s/base'))
  .filter((file) => file !== 'kustomization.yaml')
  .flatMap((file) => parseAllDocuments(text(`k8s/base/${file}`)).map((one) => one.toJS() as Manifest));
const shared = manifests.find(({ kind }) => kind === 'ConfigMap')?.data ?? {};
const containers = manifests
  .filter(({ kind }) => kind === 'Deployment' || kind === 'Job')
  .flatMap(({ spec }) => spec.template.spec.containers as readonly (Container & { name: string })[]);

/** The same parts, as the cluster starts them; what comes from a secret has a value nobody sees here. */
const clustered = () =>
  new Map(
    containers.map(({ name, command, env = [], envFrom = [] }) => [
      name,
      {
        command,
        environment: {
          ...(envFrom.length > 0 ? shared : {}),
          ...Object.fromEntries(env.map((one) => [one.name, one.value ?? 'from a secret'])),
        },
      },
    ]),
  );

const onlyElsewhere = ['ADMIN_DATABASE_URL', 'SERVICES'];
const neverDeployed = ['SHUZHENG_CRASH_AT', 'SHUZHENG_WITH_PARENT'];
const optional = [
  ...['DATABASE_POOL', 'ACCESS_TOKEN_SECONDS', 'SHUZHENG_LOG', 'DATABASE_SECRET'],
  ...Object.keys(variables).filter((name) => name.startsWith('FILES_S3_')),
];

describe.each([
  ['docker-compose.yml', composed()],
  ['k8s/base', clustered()],
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
      const secrets = {
        DATABASE_URL: `postgres://${name}:v7Lk2Xc5Bm8Hs@postgres:5432/shuzheng`,
        DATABASE_SECRET: 'q9Zr4Tn0Wv7Lk2Xc5Bm8Hs1Dg6Fj3PyQ4',
        PUBLIC_URL: 'https://shuzheng.example',
      };
      expect(readConfig({ ...environment, ...secrets }).profile).toBe('production');
    }
  });

  it('tells the edge where each service is', () => {
    const addresses = JSON.parse(parts.get('edge')?.environment['SERVICES'] ?? '{}') as Environment;

    expect(Object.keys(addresses).sort()).toEqual([...services].sort());
    for (const name of services) expect(addresses[name]).toBe(`http://${name}:3000`);
  });
});

it('asks only for health pages that there are', () => {
  const paths = containers.flatMap(({ startupProbe, livenessProbe, readinessProbe }) =>
    [startupProbe, livenessProbe, readinessProbe].flatMap((probe) => probe?.httpGet.path ?? []),
  );

  expect(new Set(paths)).toEqual(new Set(['/health/live', '/health/ready']));
});
