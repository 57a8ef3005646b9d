import { BadConfiguration, createTopics, migrate, readMigration } from '@shuzheng/platform';
import { services } from '@shuzheng/contracts';
import { allServices } from './services.js';

// The migration command: schemas, roles and topics, before any service starts. ADMIN_DATABASE_URL names a user who may create roles.
try {
  const { kafkaBrokers, topicPrefix, ...database } = readMigration();
  await migrate(allServices, database);
  if (kafkaBrokers.length > 0) {
    await createTopics({ brokers: kafkaBrokers }, topicPrefix, services).catch(explain);
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
