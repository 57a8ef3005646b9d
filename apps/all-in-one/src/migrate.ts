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
  if (brokers.length > 0) await createTopics({ brokers }, process.env['TOPIC_PREFIX'] ?? 'shuzheng.', services);
} catch (error) {
  if (!(error instanceof BadConfiguration)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
