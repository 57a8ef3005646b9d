// `npm test`: one PostgreSQL, one Kafka and one S3 server where there is Java, SoftHSM where there is one, and Jest on top;
// arguments go to Jest.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ensureBuilt, ensureInstalled, root } from './install.mjs';

ensureInstalled();
ensureBuilt();
const embedded = await import('../libs/platform/dist/embedded/index.js');
const { hsmAvailable, kafkaAvailable, s3Available, startHsm, startKafka, startPostgres, startS3 } = embedded;

const args = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'shuzheng-test-'));
const report = join(folder, 'report.json');
// PostgreSQL's account must be able to pass this folder when root runs the tests.
chmodSync(folder, 0o711);

let interrupted = false;
let jest;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, interrupt);

/** One word for everything that needs Java. */
const java = { word: 'KAFKA' };
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
  const suites = selectedSuites();
  const postgres = await startPostgres({ folder, durable: false });
  servers.push(postgres);
  const [kafka, s3, hsm] = await Promise.all([
    trial(
      { ...java, title: 'Kafka', pattern: /\.kafka\.spec\.ts$/, available: kafkaAvailable, start: startKafka },
      suites,
    ),
    trial({ ...java, title: 'S3', pattern: /\.s3\.spec\.ts$/, available: s3Available, start: startS3 }, suites),
    trial(
      { word: 'HSM', title: 'SoftHSM', pattern: /\.hsm\.spec\.ts$/, available: hsmAvailable, start: startHsm },
      suites,
    ),
  ]);
  if (interrupted) return;
  const without = [kafka, s3, hsm].filter(({ reason }) => reason);
  const skipped = without.map(({ pattern }) => pattern.source);
  outcome.code = await runJest(
    skipped.length > 0 ? ['--passWithNoTests', '--testPathIgnorePatterns', '/node_modules/', ...skipped] : [],
    {
      TEST_POSTGRES_URL: postgres.url('postgres'),
      ...(kafka.server ? { TEST_KAFKA_BROKERS: kafka.server.brokers.join(',') } : {}),
      ...(s3.server ? { TEST_S3: JSON.stringify(s3.server) } : {}),
      ...(hsm.server ? { TEST_HSM: JSON.stringify(hsm.server), SOFTHSM2_CONF: hsm.server.conf } : {}),
    },
  );
  if (interrupted) return;
  count();
  for (const one of without) reportSkipped(one);
}

/** Jest itself says which files its arguments mean. */
function selectedSuites() {
  const { stdout } = spawnSync(process.execPath, jestCommand('--listTests', ...args), { cwd: root, encoding: 'utf8' });
  return stdout.split('\n').filter(Boolean);
}

/** A server that some of the suites need, or the reason why there is none. */
async function trial({ title, word, pattern, available, start }, all) {
  const suites = all.filter((file) => pattern.test(file));
  const tried = { title, word, pattern, suites };
  if (suites.length === 0) return tried;
  if (process.env[`SHUZHENG_NO_${word}`] === '1') return { ...tried, reason: `SHUZHENG_NO_${word}=1` };
  const found = available();
  if (!found.ok) return { ...tried, reason: `it needs ${found.missing}` };
  try {
    const server = await start({ folder });
    servers.push(server);
    return { ...tried, server };
  } catch (error) {
    return { ...tried, reason: error.message };
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

function reportSkipped({ title, word, suites, reason }) {
  const required = process.env[`SHUZHENG_REQUIRE_${word}`] === '1';
  outcome[required ? 'failed' : 'skipped'] += suites.length;
  console.error(`\n未运行 ${title} 测试。Not run, because ${title} cannot be used here (${reason}):`);
  for (const suite of suites) console.error(`  ${relative(root, suite)}`);
}

function interrupt() {
  interrupted = true;
  jest?.kill('SIGTERM');
}
