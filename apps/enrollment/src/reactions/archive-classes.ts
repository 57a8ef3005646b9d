import { Injectable } from '@nestjs/common';
import { Audit, Clock, rows, schedule, type TimerHandler } from '@shuzheng/platform';
import { addDays } from '@shuzheng/regulation';
import type { EntityManager } from 'typeorm';
import { OfficeSettings } from '../data/office-settings.js';

/** Once a day: whatever was reported longer ago than the office keeps classes open is archived. Nothing set, nothing done. */
@Injectable()
export class ArchiveClasses implements TimerHandler {
  readonly kind = 'archive-classes';

  constructor(
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly settings: OfficeSettings,
  ) {}

  async run(_payload: object, tx: EntityManager) {
    const today = this.clock.today();
    const tomorrow = addDays(today, 1);
    const days = (await this.settings.find(tx, 'class-retention')).value?.days;
    if (days !== undefined) {
      const archived = await rows(tx, archive, [addDays(today, -days), this.clock.now()]);
      if (archived.length > 0) await this.audit.note({ detail: { archived: archived.length } });
    }
    await schedule(tx, this.kind, tomorrow, new Date(`${tomorrow}T01:00:00+08:00`));
  }
}

// The states are those of the move `archive` in the table of class states.
const archive = `
  with archived as (
    update training_class set state = 'archived', archived_at = $2
    where state = 'reported' and exists (select from training_report where class_id = training_class.id and filed_on <= $1)
    returning id, organisation_id, city_code
  )
  insert into class_moment (id, class_id, organisation_id, city_code, kind, role, detail, at)
  select gen_random_uuid(), id, organisation_id, city_code, 'archived', 'registry', '{}', $2 from archived
  returning class_id`;
