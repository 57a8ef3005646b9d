// `npm run fuzz`: starts the registry with its demo province and lets schemathesis call every operation with what its
// interface document allows and forbids. `npm run fuzz -- --calls 4000 --seed 7 --only enrollment` does a part of it;
// `--minutes 5` goes round all operations again and again until the time is over, a few calls each, instead of counting.
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pythonTool } from './fuzz/python-tool.mjs';
import { ensureBuilt, ensureInstalled, root } from './install.mjs';

const { values: asked } = parseArgs({
  options: {
    ...{ calls: { type: 'string', default: '20000' }, minutes: { type: 'string' } },
    ...{ seed: { type: 'string' }, only: { type: 'string' } },
  },
});
const seed = Number(asked.seed ?? Date.now() % 1_000_000);
/** In one round of many: so few that a round ends soon, and what ends early has called everything about as often. */
const CALLS_OF_A_ROUND = 4;
const recipe = join(root, 'tools', 'fuzz');
const actors = ['ti-preparer', 'ti-approver', 'ei-preparer', 'ei-approver', 'hr-officer', 'hr-approver', 'hr-recorder']
  .concat('city-officer', 'admin', 'auditor', 'learner-01')
  .map((name) => `demo-${name}`);
const checks = ['not_a_server_error', 'status_code_conformance', 'content_type_conformance'].concat(
  'response_schema_conformance',
  'response_headers_conformance',
);
const schemathesis = pythonTool(join(recipe, 'requirements.txt'), 'schemathesis');
ensureInstalled();
ensureBuilt();

// PostgreSQL's account must be able to pass this folder when root fuzzes.
const folder = mkdtempSync(join(tmpdir(), 'shuzheng-fuzz-'));
chmodSync(folder, 0o755);
const counts = join(folder, 'counts.json');
const report = join(folder, 'report.json');
let registry;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => registry?.child.kill('SIGINT'));

try {
  registry = start();
  await registry.says(/按 Ctrl-C 停止/);
  process.exitCode = await fuzz(registry.url());
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await registry?.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** What `npm start` starts, which believes the caller's address: guessing is paced by address. */
function start() {
  const env = { ...process.env, PORT: '0', SHUZHENG_DATA: folder, SHUZHENG_LOG: 'error', TRUSTED_PROXIES: '127.0.0.1' };
  const child = spawn(process.execPath, [join(root, 'tools/start.mjs')], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
  return {
    child,
    said: () => said,
    url: () => /(http:\/\/127\.0\.0\.1:\d+)（/.exec(said)[1],
    async says(what) {
      while (!what.test(said)) {
        if (child.exitCode !== null) throw new Error(`数证没有启动。The registry did not start:\n${said}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    async stop() {
      if (child.exitCode === null) child.kill('SIGINT');
      await ended;
    },
  };
}

async function fuzz(url) {
  const operations = await operationsOf(url);
  const each = asked.minutes ? CALLS_OF_A_ROUND : Math.ceil(Number(asked.calls) / operations);
  const rounds = asked.minutes ? ` in each round, for ${asked.minutes} minutes` : '';
  console.log(`${operations} operations, ${each} calls each${rounds}, seed ${seed}`);
  const code = await run(url, each);
  const made = Object.entries(existsSync(counts) ? JSON.parse(readFileSync(counts, 'utf8')) : {});
  const calls = made.reduce((sum, [, count]) => sum + count, 0);
  const failures = failuresIn(code);
  console.log(byStatus(made));
  const broken = registry.said().match(/^\{.*"level":"?(error|fatal).*$/gm) ?? [];
  if (broken.length > 0) console.log(`The registry's log:\n${[...new Set(broken)].slice(0, 20).join('\n')}`);
  console.log(`${calls} calls, ${failures} failures`);
  const wanted = asked.minutes ? operations : Number(asked.calls) * 0.9;
  return failures > 0 || calls < wanted ? 1 : 0;
}

async function operationsOf(url) {
  const { paths } = await (await fetch(`${url}/api/openapi.json`)).json();
  const wanted = Object.entries(paths).filter(([path]) => path.startsWith(`/api/v1/${asked.only ?? ''}`));
  return wanted.reduce((sum, [, operations]) => sum + Object.keys(operations).length, 0);
}

function run(url, each) {
  const settings = [
    ...['--url', url, '--phases', 'fuzzing', '--max-examples', `${each}`, '--seed', `${seed}`],
    ...['--checks', checks.join(), '--continue-on-failure', '--no-shrink', '--warnings', 'off', '--no-color'],
    ...['--suppress-health-check', 'all', '--generation-database', 'none', '--request-timeout', '60'],
    ...['--report', 'json', '--report-json-path', report],
    ...(asked.minutes ? ['--max-time', `${Math.ceil(Number(asked.minutes) * 60)}`] : []),
    ...(asked.only ? ['--include-path-regex', `^/api/v1/${asked.only}`] : []),
  ];
  const env = {
    ...process.env,
    PYTHONPATH: recipe,
    PYTHONDONTWRITEBYTECODE: '1',
    SCHEMATHESIS_HOOKS: 'hooks',
    FUZZ_URL: url,
    FUZZ_SEED: `${seed}`,
    FUZZ_ACTORS: actors.join(),
    FUZZ_PASSWORD: 'Shuzheng-demo-2026',
    FUZZ_COUNTS: counts,
    FUZZ_SAMPLES: join(root, 'samples'),
  };
  const child = spawn(schemathesis, ['run', `${url}/api/openapi.json`, ...settings], {
    cwd: folder,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve) => child.on('exit', resolve));
}

/** What schemathesis found, each once; a run that could not be finished is a failure, too. */
function failuresIn(code) {
  const { failures = [], errors = [] } = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {};
  return failures.length + errors.length || (code === 0 ? 0 : 1);
}

function byStatus(made) {
  const sums = new Map();
  for (const [call, count] of made) sums.set(call.slice(-3), (sums.get(call.slice(-3)) ?? 0) + count);
  return [...sums]
    .sort()
    .map(([status, count]) => `${status}: ${count}`)
    .join(', ');
}
