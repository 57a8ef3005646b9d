import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; namespace?: string; readonly labels?: Readonly<Record<string, string>> };
}
interface Operation {
  readonly op: 'add' | 'remove' | 'test';
  readonly path: string;
  readonly value?: unknown;
}
interface Patch {
  readonly target: { readonly kind: string; readonly labelSelector?: string };
  readonly patch: string;
}
interface Kustomization {
  readonly apiVersion: string;
  readonly kind: 'Kustomization';
  readonly namespace?: string;
  readonly resources?: readonly string[];
  readonly images?: readonly { readonly name: string; readonly newTag: string }[];
  readonly patches?: readonly Patch[];
}

const understood = ['apiVersion', 'kind', 'namespace', 'resources', 'images', 'patches'];

/** What `kubectl kustomize` makes of a folder, as far as these folders go: what is not understood is an error. */
export function rendered(folder: string): Manifest[] {
  const file = parse(readFileSync(join(folder, 'kustomization.yaml'), 'utf8')) as Kustomization;
  const unknown = Object.keys(file).filter((name) => !understood.includes(name));
  if (unknown.length > 0) throw new Error(`${folder}: ${unknown.join(', ')} is not understood here`);
  const { namespace, resources = [], images = [], patches = [] } = file;
  const gathered = resources.flatMap((name) => resourcesOf(join(folder, name)));
  const patched = patches.reduce(apply, gathered);
  for (const one of patched) {
    if (namespace && one.kind !== 'Namespace') one.metadata.namespace = namespace;
    for (const container of containersOf(one)) {
      const image = images.find(({ name }) => name === container.image);
      if (image) container.image = `${image.name}:${image.newTag}`;
    }
  }
  return patched;
}

const resourcesOf = (path: string): Manifest[] =>
  statSync(path).isDirectory()
    ? rendered(path)
    : parseAllDocuments(readFileSync(path, 'utf8')).map((one) => one.toJS() as Manifest);

interface Container {
  image: string;
}
const containersOf = (one: Manifest) =>
  (one as { spec?: { template?: { spec?: { containers?: Container[] } } } }).spec?.template?.spec?.containers ?? [];

function apply(manifests: Manifest[], { target, patch }: Patch): Manifest[] {
  const [label, value] = target.labelSelector?.split('=') ?? [];
  const meant = (one: Manifest) =>
    one.kind === target.kind && (label === undefined || one.metadata.labels?.[label] === value);
  if (!manifests.some(meant)) throw new Error(`a patch meets no ${target.kind}`);
  const parsed = parse(patch) as Operation[] | { $patch?: string };
  if (!Array.isArray(parsed)) {
    if (parsed.$patch !== 'delete') throw new Error('only whole resources are merged here: to delete them');
    return manifests.filter((one) => !meant(one));
  }
  for (const one of manifests.filter(meant)) for (const operation of parsed) operate(one, operation);
  return manifests;
}

/** RFC 6902, as far as it is used. */
function operate(manifest: Manifest, { op, path, value }: Operation) {
  const parts = path.split('/').slice(1);
  const last = parts.pop() ?? '';
  const parent = parts.reduce<unknown>((from, part) => (from as Record<string, unknown>)[part], manifest);
  const holder = parent as Record<string, unknown>;
  if (op === 'test') {
    if (holder[last] !== value) throw new Error(`${manifest.metadata.name}: ${path} is not ${String(value)}`);
  } else if (op === 'add' && last === '-' && Array.isArray(parent)) parent.push(structuredClone(value));
  else if (op === 'remove' && Array.isArray(parent)) parent.splice(Number(last), 1);
  else throw new Error(`${op} ${path} is not understood here`);
}
