import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, type Config, Database, faultOf, log } from '@shuzheng/platform';
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The one-time code that makes the first administrator: whoever can read the key folder runs the registry. */
@Injectable()
export class BootstrapCode implements OnApplicationBootstrap {
  private readonly path: string;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly db: Database,
  ) {
    this.path = join(config.keys, 'bootstrap.code');
  }

  /** Written at the first start. Where the folder is read-only, the operator puts a code there beforehand. */
  async onApplicationBootstrap() {
    const { rows } = await this.db.query('select 1 from operator where bootstrapped_at is null');
    if (rows.length === 0 || this.read() !== undefined) return;
    try {
      writeFileSync(this.path, randomBytes(20).toString('base64url'), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return;
      log.warn('bootstrap.code could not be written: put a code of your own into the key folder', faultOf(error));
    }
  }

  matches(code: string) {
    const expected = this.read();
    if (!expected) return false;
    const [given, known] = [Buffer.from(code.trim()), Buffer.from(expected)];
    return given.length === known.length && timingSafeEqual(given, known);
  }

  private read() {
    try {
      return readFileSync(this.path, 'utf8').trim();
    } catch {
      return undefined;
    }
  }
}
