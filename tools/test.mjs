// `npm test`: one PostgreSQL, one Kafka where there is Java, and Jest on top of them; arguments go to Jest.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ensureBuilt, ensureInstalled, root } from './install.mjs';

ensureInstalled();
ensureBuilt();
const { kafkaAvailable, startKafka, startPostgres } = await import('../libs/platform/dist/embedded/index.js');

const args = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'shuzheng-test-'));
const report = join(folder, 'report.json');
// PostgreSQL's account must be able to pass this folder when root runs the tests.
chmodSync(folder, 0o711);

let interrupted = false;
let jest;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, interrupt);

const servers = [];
const outcome = { passed: 0, failed: 0, skipped: 0, code: 1 };
try {
  await runAll();
} catch (error) {
  console.error(error.message);
  outcome.failed += 1;
} finally {
  await Promise.all(servers.map((server) => server.stop()));
  for (const path of [folder, ...servers.map(({ home }) => home)])
    if (path) rmSync(path, { recursive: true, force: true });
}
console.log(`${outcome.passed} passed, ${outcome.failed} failed, ${outcome.skipped} skipped`);
process.exitCode = interrupted ? 130 : outcome.code || (outcome.failed > 0 ? 1 : 0);

async function runAll() {
  const kafkaSuites = selectedSuites().filter((file) => file.endsWith('.kafka.spec.ts'));
  const postgres = await startPostgres({ folder, durable: false });
  servers.push(postgres);
  const kafka = kafkaSuites.length > 0 ? await tryKafka() : {};
  if (interrupted) return;
  const withoutKafka = kafka.reason
    ? ['--passWithNoTests', '--testPathIgnorePatterns', '/node_modules/', '\\.kafka\\.spec\\.ts$']
    : [];
  outcome.code = await runJest(withoutKafka, {
    TEST_POSTGRES_URL: postgres.url('postgres'),
    ...(kafka.brokers ? { TEST_KAFKA_BROKERS: kafka.brokers.join(',') } : {}),
  });
  if (interrupted) return;
  count();
  if (kafka.reason) reportSkipped(kafkaSuites, kafka.reason);
}

/** Jest itself says which files its arguments mean. */
function selectedSuites() {
  const { stdout } = spawnSync(process.execPath, jestCommand('--listTests', ...args), { cwd: root, encoding: 'utf8' });
  return stdout.split('\n').filter(Boolean);
}

/** The broker's addresses, or the reason why there is none. */
async function tryKafka() {
  if (process.env.SHUZHENG_NO_KAFKA === '1') return { reason: 'SHUZHENG_NO_KAFKA=1' };
  const available = kafkaAvailable();
  if (!available.ok) return { reason: `it needs ${available.missing}` };
  try {
    const kafka = await startKafka({ folder });
    servers.push(kafka);
    return { brokers: kafka.brokers };
  } catch (error) {
    return { reason: error.message };
  }
}

function runJest(extra, env) {
  const command = jestCommand(...workers(), '--json', `--outputFile=${report}`, ...args, ...extra);
  jest = spawn(process.execPath, command, {
    cwd: root,
    stdio: ['inherit', 'ignore', 'inherit'],
    env: { ...process.env, ...env },
  });
  return new Promise((resolve) => jest.on('exit', (code) => resolve(code ?? 1)));
}

/** Two, because every worker has databases and services of its own; who says otherwise is heard. */
function workers() {
  return args.some((arg) => /^(-i|--runInBand|-w|--maxWorkers)/.test(arg)) ? [] : ['--maxWorkers=2'];
}

function jestCommand(...rest) {
  const jestScript = join('node_modules', 'jest', 'bin', 'jest.js');
  return ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jestScript, ...rest];
}

/** A suite that could not even be loaded has no tests to count, and is one failure. */
function count() {
  if (!existsSync(report)) throw new Error('测试没有运行。Jest has left no report.');
  const result = JSON.parse(readFileSync(report, 'utf8'));
  outcome.passed = result.numPassedTests;
  outcome.failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  outcome.skipped = result.numPendingTests + result.numTodoTests;
}

function reportSkipped(suites, reason) {
  const required = process.env.SHUZHENG_REQUIRE_KAFKA === '1';
  outcome[required ? 'failed' : 'skipped'] += suites.length;
  console.error(`\n未运行 Kafka 测试。Not run, because Kafka cannot be used here (${reason}):`);
  for (const suite of suites) console.error(`  ${relative(root, suite)}`);
}

function interrupt() {
  interrupted = true;
  jest?.kill('SIGTERM');
}
