/** The brokers that whoever runs the benches has started. */
export function kafkaOf(): string[] {
  const given = process.env['TEST_KAFKA_BROKERS'];
  if (!given) throw new Error('TEST_KAFKA_BROKERS is not set: run the benches with npm run bench');
  return given.split(',');
}
