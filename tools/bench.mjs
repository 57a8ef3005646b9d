// `npm run bench [id…]`: measures the product against bare baselines of the same run; each id's verdict is its last line.
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, root } from './install.mjs';

const known = ['P4', 'P5', 'P6', 'P11', 'P13', 'P14', 'P15', 'P16'];
const withKafka = ['P4', 'P6'];
const asked = process.argv.slice(2).map((id) => id.toUpperCase());
const ids = asked.length > 0 ? asked : known;
const unknown = ids.filter((id) => !known.includes(id));
if (unknown.length > 0) fail(`没有 ${unknown.join('、')}。There is no ${unknown.join(', ')}: ${known.join(', ')}.`);

ensureInstalled();
ensureBuilt();
const { kafkaAvailable, startKafka, startPostgres } = await import('../libs/platform/dist/embedded/index.js');

const folder = mkdtempSync(join(tmpdir(), 'shuzheng-bench-'));
// PostgreSQL's account must be able to pass this folder when root runs the benches.
chmodSync(folder, 0o711);
const servers = [];
let running;
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, interrupt);
try {
  process.exitCode = (await runAll()) || (interrupted ? 130 : 0);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await Promise.all(servers.map((server) => server.stop()));
  for (const path of [folder, ...servers.map(({ home }) => home)])
    if (path) rmSync(path, { recursive: true, force: true });
}

/** The number of those that fell short. */
async function runAll() {
  const postgres = await startPostgres({ folder });
  servers.push(postgres);
  const env = { ...process.env, TEST_POSTGRES_URL: postgres.url('postgres'), SHUZHENG_LOG: 'info' };
  if (ids.some((id) => withKafka.includes(id))) env.TEST_KAFKA_BROKERS = await brokers();
  let short = 0;
  for (const id of ids) if (!interrupted && (await measure(id, env)) !== 0) short += 1;
  return short;
}

async function brokers() {
  const available = kafkaAvailable();
  if (!available.ok) throw new Error(`Kafka 需要 ${available.missing}。Kafka needs ${available.missing}.`);
  const kafka = await startKafka({ folder });
  servers.push(kafka);
  return kafka.brokers.join(',');
}

/** It reports on its fourth channel: its output is the product's log, written as in production and shown to nobody. */
function measure(id, env) {
  const script = join(root, 'tests/bench/main.ts');
  const typescript = join(root, 'tests/messaging/typescript.mjs');
  const flags = ['--conditions=source', '--disable-warning=ExperimentalWarning', '--import', typescript];
  const profile = process.env.BENCH_PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`] : [];
  running = spawn(process.execPath, [...flags, ...profile, script, id], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'inherit', 1],
  });
  return new Promise((resolve) => running.on('exit', (code) => resolve(code ?? 1)));
}

function interrupt() {
  interrupted = true;
  running?.kill('SIGTERM');
}

function fail(line) {
  console.error(line);
  process.exit(1);
}
