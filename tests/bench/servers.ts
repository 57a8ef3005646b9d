/** The brokers that whoever runs the benches has started. */
export function kafkaOf(): string[] {
  const given = process.env['TEST_KAFKA_BROKERS'];
  if (!given) throw new Error('TEST_KAFKA_BROKERS is not set: run the benches with npm run bench');
  return given.split(',');
}

/** A service's database as the superuser, whom no policy stops. */
export function adminUrl(databaseUrl: string) {
  const url = new URL(process.env['TEST_POSTGRES_URL'] ?? '');
  url.pathname = new URL(databaseUrl).pathname;
  return url.href;
}
