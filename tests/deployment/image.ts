import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../process.js';

const text = (name: string) => readFileSync(join(root, name), 'utf8');

/** What the image's build takes from this folder. */
export const copied = () =>
  [...text('Dockerfile').matchAll(/^COPY (?!--from)(.+)$/gm)].flatMap(([, names = '']) =>
    names.split(' ').slice(0, -1),
  );

interface Locked {
  readonly dev?: boolean;
  readonly link?: boolean;
}

/**
 * A folder as the image has it at /app: only what the Dockerfile copies, what is built from it, and of the packages only
 * those that stay when the ones for development are pruned.
 */
export function asInImage(folder: string) {
  for (const name of copied()) {
    cpSync(join(root, name), join(folder, name), {
      recursive: true,
      filter: (path) => !path.includes('node_modules') && !path.endsWith('.spec.ts'),
    });
  }
  const { packages } = JSON.parse(text('package-lock.json')) as { packages: Record<string, Locked> };
  for (const [path, { dev, link }] of Object.entries(packages)) {
    if (!/^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) || dev || !existsSync(join(root, path))) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    symlinkSync(link ? join(folder, workspaceOf(path)) : join(root, path), join(folder, path));
  }
  return folder;
}

function workspaceOf(path: string) {
  const name = path.slice('node_modules/@shuzheng/'.length);
  const group = ['apps', 'libs'].find((one) => readdirSync(join(root, one)).includes(name));
  return join(group ?? '', name);
}
