// A real Kafka broker for development (`npm run kafka`): KAFKA_PORT or a free port, data under .shuzheng/kafka or SHUZHENG_DATA.
import { dataFolder, ensureBuilt, ensureInstalled } from './install.mjs';

ensureInstalled();
ensureBuilt();
const { kafkaAvailable, readKafkaPort, startKafka } = await import('../libs/platform/dist/embedded/index.js');

const available = kafkaAvailable();
if (!available.ok) fail(`Kafka 需要 ${available.missing}。Kafka needs ${available.missing}.`);

let asked = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => (asked = true));
try {
  const kafka = await startKafka({ folder: dataFolder, ...readKafkaPort(process.env) });
  console.log(`Kafka: ${kafka.brokers.join(',')}（Ctrl-C 停止 stops it）`);
  const gone = kafka.ended.then(() => 'gone');
  while ((await Promise.race([gone, pause(200)])) !== 'gone') if (asked) await kafka.stop();
  if (!asked) fail(`Kafka 意外终止。Kafka has ended by itself; see ${dataFolder}/kafka.log.`);
} catch (error) {
  fail(error.message);
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function fail(line) {
  console.error(line);
  process.exit(1);
}
