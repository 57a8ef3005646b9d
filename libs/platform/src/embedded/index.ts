export { startKafka, kafkaAvailable, type EmbeddedKafka, type KafkaOptions } from './kafka.js';
export { lockFolder } from './lock.js';
export { startPostgres, type EmbeddedPostgres, type PostgresOptions } from './postgres.js';
