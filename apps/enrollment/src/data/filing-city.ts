import { Injectable } from '@nestjs/common';
import { Clock, notYetKnown, Organisations, RuleRecords } from '@shuzheng/platform';
import { cityOf } from '@shuzheng/regulation';
import type { EntityManager } from 'typeorm';
import { type FilingCity, filingCityOf } from '../domain/filing-plans.js';
import { writer } from './who.js';

/** Finds the city whose bureau a plan is filed with. */
@Injectable()
export class FilingCities {
  constructor(
    private readonly organisations: Organisations,
    private readonly rules: RuleRecords,
    private readonly clock: Clock,
  ) {}

  async of(tx: EntityManager, venue: string): Promise<string> {
    const day = this.clock.today();
    const institution = await this.organisations.find(tx, writer().organisationId);
    if (!institution) throw notYetKnown();
    const setting = await this.rules.find<{ meaning?: FilingCity }>(tx, {
      rule: 'filing-city',
      scope: 'programme',
      day,
    });
    const code = filingCityOf(setting?.value?.meaning ?? 'seat', { seat: institution.cityCode, venue });
    return cityOf(code, day)?.code ?? code;
  }
}
