// npm run faults [-- --short] [name…]: the faults of tests/faults in their long form, on what is built; SEED=<number> repeats a run.
import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, root } from './install.mjs';

ensureInstalled();
ensureBuilt();
const sources = ['--conditions=source', '--import', pathToFileURL(join(root, 'tests/messaging/typescript.mjs')).href];
const command = [...sources, '--disable-warning=ExperimentalWarning', 'tests/faults/main.ts', ...process.argv.slice(2)];
const child = spawn(process.execPath, command, {
  cwd: root,
  stdio: 'inherit',
  env: { SHUZHENG_LOG: 'fatal', ...process.env },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal ? 130 : 1);
});
