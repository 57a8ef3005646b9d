import type { Bench } from './bench.js';
import { relay } from './p4-relay.js';
import { consumer } from './p5-consumer.js';
import { read } from './p11-read.js';
import { write } from './p16-write.js';

export const benches: readonly Bench[] = [relay, consumer, read, write];
