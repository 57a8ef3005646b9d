import { Injectable } from '@nestjs/common';
import { Clock, row } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import type { SettingName } from './domain/settings.js';

/** What the office has decided about accounts, as of today. */
@Injectable()
export class Settings {
  constructor(private readonly clock: Clock) {}

  async value(tx: EntityManager, name: SettingName): Promise<number> {
    const found = await row<{ value: number }>(
      tx,
      `select value from setting where name = $1 and valid_from <= $2
       order by valid_from desc, created_at desc limit 1`,
      [name, this.clock.today()],
    );
    return found?.value ?? 0;
  }

  async isOn(tx: EntityManager, name: SettingName) {
    return (await this.value(tx, name)) > 0;
  }
}
