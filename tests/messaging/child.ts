// A process of its own, so that it can be killed or stopped: `relay`, `consumer`, or `both`.
import { crashPoint } from '../../libs/platform/src/crash.js';
import type { Broker } from '../../libs/platform/src/messaging/broker.js';
import { Consumer } from '../../libs/platform/src/messaging/consumer.js';
import { Reactions } from '../../libs/platform/src/messaging/reactions.js';
import { Relay } from '../../libs/platform/src/messaging/relay.js';
import { openSite } from '../../libs/platform/src/messaging/testing/databases.js';
import { WhenSeatTaken } from '../../libs/platform/src/messaging/testing/seats.js';
import { GROUP, PRODUCER, transportAt } from './transports.js';

const [role, address = '', producer = '', consumer = ''] = process.argv.slice(2);
const transport = transportAt(address);
const broker = transport.broker();

async function consume(broker: Broker) {
  const { db } = await openSite(consumer, { pool: 5 });
  db.closeWith({ written: async () => crashPoint('before-commit'), after: () => crashPoint('after-commit') });
  const reader = new Consumer(db, new Reactions([new WhenSeatTaken(db)]), 100);
  reader.start();
  await broker.subscribe(GROUP, [PRODUCER], reader.apply);
}

async function relay(broker: Broker) {
  const { db, wake } = await openSite(producer, { pool: 5 });
  // Small batches, so that there is a middle to be killed in.
  const options = { ...transport.relay, owner: String(process.pid), wake: wake.subscribe, size: 100 };
  const relays = transport.destinations([GROUP]).map((destination) => new Relay(db, destination, broker, options));
  await Promise.all(relays.map((one) => one.start()));
  return relays;
}

if (role !== 'relay') await consume(broker);
const relays = role === 'consumer' ? [] : await relay(broker);
process.on('SIGTERM', () => {
  void Promise.all(relays.map((one) => one.stop()))
    .then(() => broker.close())
    .then(() => process.exit(0));
});
console.log('ready');
