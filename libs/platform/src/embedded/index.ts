export { startKafka, kafkaAvailable, type EmbeddedKafka, type KafkaOptions } from './kafka.js';
export { type EmbeddedHsm, hsmAvailable, startHsm } from './hsm.js';
export { lockFolder } from './lock.js';
export { readKafkaPort } from './ports.js';
export { startPostgres, type EmbeddedPostgres, type PostgresOptions } from './postgres.js';
export { s3Available, startS3, type EmbeddedS3 } from './s3.js';
