import type { Bench } from './bench.js';
import { relay } from './p4-relay.js';
import { consumer } from './p5-consumer.js';

export const benches: readonly Bench[] = [relay, consumer];
