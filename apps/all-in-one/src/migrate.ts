import { BadConfiguration, createTopics, migrate } from '@shuzheng/platform';
import { services } from '@shuzheng/contracts';
import { allServices } from './services.js';

// The migration command: schemas, roles and topics, before any service starts. ADMIN_DATABASE_URL names a user who may create roles.
try {
  const adminUrl = process.env['ADMIN_DATABASE_URL'];
  if (!adminUrl) throw new BadConfiguration('ADMIN_DATABASE_URL', 'name a user who may create roles and schemas');
  const databaseSecret = process.env['DATABASE_SECRET'];
  await migrate(allServices, { adminUrl, ...(databaseSecret ? { databaseSecret } : {}) });
  const brokers = (process.env['KAFKA_BROKERS'] ?? '').split(',').filter(Boolean);
  if (brokers.length > 0) {
    await createTopics({ brokers }, process.env['TOPIC_PREFIX'] ?? 'shuzheng.', services).catch(explain);
  }
} catch (error) {
  if (!(error instanceof BadConfiguration)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}

/** A broker that is away is one line, as a database that is away is. */
function explain(error: unknown): never {
  const { name = '' } = (error ?? {}) as { name?: string };
  if (!/^KafkaJS(NumberOfRetriesExceeded|Connection)/.test(name)) throw error;
  throw new BadConfiguration('KAFKA_BROKERS', 'no broker answers there: start it, or correct it');
}
