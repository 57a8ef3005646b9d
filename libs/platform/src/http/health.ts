import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What is measured in this process; never labeled by person, organisation or id. */
export class Metrics {
  readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'shuzheng_http_request_seconds',
    help: 'Duration of requests',
    labelNames: ['service', 'operation', 'status'] as const,
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [this.registry],
  });
  private readonly outbox = this.gauge('shuzheng_outbox_oldest_seconds', 'Age of the oldest event that is not sent');
  private readonly unsent = this.gauge('shuzheng_outbox_unsent', 'Events that are not sent');
  private readonly parked = this.gauge('shuzheng_parked_aggregates', 'Aggregates parked for an operator');
  private readonly held = this.gauge('shuzheng_held_events', 'Events that wait for their turn');

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  request(service: string, operation: string, status: number, seconds: number) {
    this.requests.observe({ service, operation, status: `${Math.floor(status / 100)}xx` }, seconds);
  }

  messaging(service: string, state: { oldestUnsentSeconds: number; unsent: number; parked: number; held: number }) {
    this.outbox.set({ service }, state.oldestUnsentSeconds);
    this.unsent.set({ service }, state.unsent);
    this.parked.set({ service }, state.parked);
    this.held.set({ service }, state.held);
  }

  private gauge(name: string, help: string) {
    return new Gauge({ name, help, labelNames: ['service'] as const, registers: [this.registry] });
  }
}
