import { allServices, startClocksBack } from '@shuzheng/all-in-one';
import { type Config, type Host, host } from '@shuzheng/platform';
import { makeKeys, TEST_SECRET, type TestDatabase, testDatabase } from '@shuzheng/platform/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The whole registry in the test's process, on a database of its own. */
export class Registry {
  readonly folder = mkdtempSync(join(tmpdir(), 'shuzheng-registry-'));
  private database: TestDatabase | undefined;
  private host: Host | undefined;

  constructor(private readonly overrides: Partial<Config> = {}) {}

  /** Its clocks stand at today, or at the beginning of the demonstration. */
  async start({ back = false } = {}) {
    makeKeys(this.keys);
    this.database = await testDatabase(allServices);
    if (back) await startClocksBack(this.adminUrl);
    this.host = await host(allServices, { ...this.config, ...this.overrides });
  }

  /** Stops and starts again on the same data. */
  async restart() {
    await this.host?.close();
    this.host = await host(allServices, { ...this.config, ...this.overrides });
  }

  async stop() {
    await this.host?.close();
    await this.database?.drop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  get keys() {
    return join(this.folder, 'keys');
  }

  get url() {
    return this.host?.url ?? '';
  }

  get adminUrl() {
    return this.database?.adminUrl ?? '';
  }

  get running() {
    return this.host?.running ?? [];
  }

  private get config(): Config {
    return {
      profile: 'demo',
      port: 0,
      host: '127.0.0.1',
      databaseUrl: this.database?.url ?? '',
      databaseSecret: TEST_SECRET,
      poolSize: 5,
      kafkaBrokers: [],
      topicPrefix: 'test.',
      keys: this.keys,
      files: join(this.folder, 'files'),
      publicUrl: 'http://127.0.0.1:3000',
      accessTokenSeconds: 300,
      trustedProxies: [],
    };
  }
}
