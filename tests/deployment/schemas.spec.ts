import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../process.js';
import { compose } from './compose.js';
import { type Manifest, rendered } from './kustomize.js';
import { faultsOf } from './schema.js';

const schema = (name: string) =>
  JSON.parse(readFileSync(join(root, 'tests/deployment/schemas', `${name}.json`), 'utf8')) as Record<string, never>;
const kubernetes = schema('kubernetes');
const kinds = kubernetes['kinds'] as unknown as Record<string, Record<string, unknown>>;

function manifestFaults(one: Manifest) {
  const { kind, metadata } = one;
  const asked = kinds[kind];
  return asked
    ? faultsOf(one as never, asked, `${kind} ${metadata.name}`, kubernetes)
    : [`${kind} ${metadata.name}: the schema of this kind is not kept here`];
}

describe.each(['folder', 'bucket'])('k8s/overlays/%s', (overlay) => {
  const manifests = rendered(join(root, 'k8s/overlays', overlay));

  it('renders to what Kubernetes takes', () => {
    expect(manifests.length).toBeGreaterThan(30);
    expect(manifests.flatMap(manifestFaults)).toEqual([]);
  });

  it('keeps to one namespace, names everything once, and names the version of the image', () => {
    const names = manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    const text = JSON.stringify(manifests);

    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
    expect(manifests.filter(({ kind, metadata }) => kind !== 'Namespace' && metadata.namespace !== 'shuzheng')).toEqual(
      [],
    );
    expect(new Set(text.match(/"image":"[^"]+"/g))).toEqual(new Set(['"image":"shuzheng:0.1.0"']));
  });

  it('mounts only volumes that the pod has, and selects only pods that there are', () => {
    const pods = manifests.flatMap((one) => podsOf(one));
    for (const { name, volumes, mounts } of pods) expect({ name, mounts }).toEqual({ name, mounts: volumes });

    const selectors = manifests.filter(({ kind }) => kind === 'Service' || kind === 'PodDisruptionBudget');
    for (const one of selectors) {
      expect(pods.some(({ name }) => name === one.metadata.name)).toBe(true);
      expect(JSON.stringify(one)).toContain(`"app.kubernetes.io/name":"${one.metadata.name}"`);
    }
  });
});

interface Podded {
  readonly spec?: {
    readonly template?: {
      readonly spec?: {
        readonly volumes?: readonly { readonly name: string }[];
        readonly containers: readonly { readonly volumeMounts?: readonly { readonly name: string }[] }[];
      };
    };
  };
}

function podsOf(one: Manifest) {
  const pod = (one as Podded).spec?.template?.spec;
  if (!pod) return [];
  const names = (some: readonly { readonly name: string }[] = []) => some.map(({ name }) => name).sort();
  const mounts = pod.containers.flatMap(({ volumeMounts }) => names(volumeMounts));
  return [{ name: one.metadata.name, volumes: names(pod.volumes), mounts }];
}

it('docker-compose.yml is what compose takes', () => {
  expect(faultsOf(compose() as never, schema('compose'))).toEqual([]);
});

it('sees what is wrong in a manifest: a misspelt field, a wrong type, a missing part', () => {
  const [deployment] = rendered(join(root, 'k8s/overlays/folder')).filter(({ kind }) => kind === 'Deployment');
  const spoiled = JSON.parse(
    JSON.stringify(deployment)
      .replace('"minReadySeconds":10', '"minReadySecond":10')
      .replace('"replicas":2', '"replicas":"two"'),
  ) as Manifest;

  expect(manifestFaults(spoiled).join()).toMatch(/minReadySecond: is not known/);
  expect(manifestFaults(spoiled).join()).toMatch(/replicas: is not integer/);
  expect(manifestFaults({ ...spoiled, spec: {} } as Manifest).join()).toMatch(/spec: has no (selector|template)/);
  expect(faultsOf({ services: { one: { imag: 'x' } } }, schema('compose'))).toEqual([
    '.services.one.imag: is not known',
  ]);
});
