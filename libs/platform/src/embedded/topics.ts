import { setTimeout as sleep } from 'node:timers/promises';
import { Kafka, logLevel, type Admin } from 'kafkajs';

/** Asks a broker something once; what goes wrong is the caller's to judge. */
export async function withAdmin<Answer>(brokers: string[], ask: (admin: Admin) => Promise<Answer>): Promise<Answer> {
  const options = { clientId: 'embedded', logLevel: logLevel.NOTHING, retry: { retries: 0 }, connectionTimeout: 2_000 };
  const admin = new Kafka({ brokers, ...options }).admin();
  try {
    await admin.connect();
    return await ask(admin);
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}

/**
 * True once the broker answers about its topics and its group coordinator works, false when it has gone instead. The first
 * question to the coordinator makes Kafka create the topic of the offsets; a consumer that comes before that starts over.
 */
export async function whenReady(brokers: string[], hasGone: () => boolean): Promise<boolean> {
  while (!hasGone()) {
    if (await isReady(brokers)) return true;
    await sleep(100);
  }
  return false;
}

async function isReady(brokers: string[]): Promise<boolean> {
  try {
    await withAdmin(brokers, async (admin) => {
      await admin.fetchTopicMetadata();
      await admin.describeGroups(['readiness']);
    });
    return true;
  } catch {
    return false;
  }
}
