import type { Bench } from './bench.js';
import { latency } from './p6-latency.js';
import { read } from './p11-read.js';
import { start } from './p13-start.js';
import { memory } from './p14-memory.js';
import { counts } from './p15-counts.js';
import { write } from './p16-write.js';
import { relay } from './p4-relay.js';
import { consumer } from './p5-consumer.js';

export const benches: readonly Bench[] = [relay, consumer, latency, read, start, memory, counts, write];
