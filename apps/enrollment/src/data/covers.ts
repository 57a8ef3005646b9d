import type { Subject } from '@shuzheng/contracts';
import { type CoverFault, Directory } from '@shuzheng/platform';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

export interface CoverOnDays {
  readonly faults: CoverFault[];
  readonly entryIds: string[];
}

/** Asks the directory about several days at once. */
@Injectable()
export class Covers {
  constructor(private readonly directory: Directory) {}

  async on(
    tx: EntityManager,
    who: { organisationId: string; role: 'training' | 'evaluation' },
    { occupationCode, level, direction }: Subject,
    days: readonly string[],
  ): Promise<CoverOnDays> {
    const faults = new Set<CoverFault>();
    const entryIds = new Set<string>();
    for (const day of new Set(days)) {
      const ask = { role: who.role, occupationCode, level, direction, day };
      const cover = await this.directory.cover(tx, who.organisationId, ask);
      if ('missing' in cover) faults.add(cover.missing);
      else entryIds.add(cover.entryId);
    }
    return { faults: [...faults], entryIds: [...entryIds] };
  }
}
