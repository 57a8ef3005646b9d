import { randomUUID } from 'node:crypto';
import type { Config } from '../config.js';
import { type Host, host, type HostOptions } from '../host.js';
import type { Service } from '../service.js';
import { Proxy } from './proxy.js';
import { sample } from './sample-service.js';
import type { ServiceUnderTest } from './service-under-test.js';

export interface HostAsked extends HostOptions {
  readonly one?: Service;
  readonly more?: Partial<Config>;
}

/** Further hosts of the sample service, on the database of the service under test. */
export class Hosts {
  private readonly started: Host[] = [];
  private readonly proxies: Proxy[] = [];

  constructor(private readonly service: ServiceUnderTest) {}

  async start({ one = sample, more = {}, ...options }: HostAsked = {}): Promise<Host> {
    const started = await host([one], { ...this.service.config, ...more }, { alone: true, ...options });
    this.started.push(started);
    return started;
  }

  /** A way to the database on which a test sees who is connected. */
  async proxy() {
    const proxy = new Proxy(this.service.config.databaseUrl);
    this.proxies.push(proxy);
    await proxy.mend();
    return proxy;
  }

  async closeAll() {
    for (const one of this.started.splice(0)) await one.close();
    for (const proxy of this.proxies.splice(0)) await proxy.cut();
  }

  async takeNote(url: string, words: string) {
    const token = await this.service.token({ permissions: ['notes:write'], organisationId: randomUUID() });
    return fetch(`${url}/api/v1/${sample.name}/notes`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'idempotency-key': randomUUID(),
        'content-type': 'application/json',
      },
      body: JSON.stringify({ words }),
    });
  }
}

export const health = async (url: string, which: 'live' | 'ready') => (await fetch(`${url}/health/${which}`)).status;
export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
