import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../process.js';
import { NotHere } from '../harness/fault.js';

export interface Earlier {
  readonly commit: string;
  /** Commands of the load that its process cannot carry out once the schemas are migrated: docs/proofs.md names them. */
  readonly refused: readonly string[];
  /** Services that must hear everything again after the upgrade. */
  readonly rebuilt: readonly string[];
}

/** The first version, before its services were widened and not only added to, and the one before this. */
export const earlierVersions: readonly Earlier[] = [
  {
    commit: '9097a55',
    refused: ['enroll-learners', 'upload-roster'],
    rebuilt: ['certification', 'oversight', 'enrollment', 'assessment', 'identity'],
  },
  { commit: '394fee1', refused: [], rebuilt: [] },
];

/** An earlier version taken from the history into that folder and built there, with the dependencies of this one. */
export function checkOut(folder: string, commit: string) {
  if (git('cat-file', '-e', `${commit}^{commit}`) !== 0)
    throw new NotHere(`the history that is here does not reach back to ${commit}`);
  if (git('worktree', 'add', '--detach', '--quiet', folder, commit) !== 0)
    throw new Error(`${commit} could not be checked out`);
  const projects = ['apps', 'libs'].flatMap((group) =>
    readdirSync(join(folder, group)).map((name) => join(folder, group, name)),
  );
  linkModules(folder, projects);
  for (const project of projects.filter((path) => existsSync(join(path, 'src')))) {
    const built = spawnSync(process.execPath, [join(folder, 'tools/build.mjs')], { cwd: project, encoding: 'utf8' });
    if (built.status !== 0) throw new Error(`${project} of ${commit} could not be built:\n${built.stderr}`);
  }
}

export const remove = (folder: string) => git('worktree', 'remove', '--force', folder);

const git = (...args: readonly string[]) => spawnSync('git', args, { cwd: root, stdio: 'ignore' }).status;

/** Everything but what belongs to the product itself comes from here; that is the earlier version's own. */
function linkModules(folder: string, projects: readonly string[]) {
  const [from, to] = [join(root, 'node_modules'), join(folder, 'node_modules')];
  mkdirSync(join(to, '@shuzheng'), { recursive: true });
  for (const name of readdirSync(from))
    if (name !== '@shuzheng' && !name.startsWith('.')) symlinkSync(join(from, name), join(to, name));
  for (const project of projects) {
    const { name } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { name: string };
    symlinkSync(project, join(to, name));
  }
}
