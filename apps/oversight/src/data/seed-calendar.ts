import { Injectable } from '@nestjs/common';
import { Clock, rows, type TimerHandler } from '@shuzheng/platform';
import { seedCalendar } from '@shuzheng/regulation';
import type { EntityManager } from 'typeorm';
import { lockCalendar, publishYear } from './calendar.js';
import { recountAll } from './recounting.js';

/** Loads the years that ship with the registry, once, and leaves alone what the staff have loaded before. */
@Injectable()
export class SeedCalendar implements TimerHandler {
  readonly kind = 'seed-calendar';

  constructor(private readonly clock: Clock) {}

  async run(_payload: object, tx: EntityManager) {
    await lockCalendar(tx);
    const known = await rows<{ year: number }>(tx, 'select year from calendar_year');
    for (const content of seedCalendar.years) {
      if (!known.some(({ year }) => year === content.year)) await publishYear(tx, content, 1, this.clock.now());
    }
    await recountAll(tx, this.clock.today());
  }
}
