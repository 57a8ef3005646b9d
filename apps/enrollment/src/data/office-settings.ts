import { Clock, RuleRecords } from '@shuzheng/platform';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LateEntryRule } from '../domain/entering.js';
import type { SeparationRule } from '../domain/filing-plans.js';
import type { StandardHours } from '../domain/hours.js';

interface Settings {
  readonly 'late-entry': LateEntryRule;
  readonly 'training-evaluation-separated': SeparationRule;
  readonly 'reschedule-notice': { readonly days?: number };
  readonly 'class-retention': { readonly days?: number };
  readonly 'moved-hours': { readonly carried?: boolean };
}

/** What the office has set for classes, as dated records. Where it has set nothing the value is null, and nobody guesses. */
@Injectable()
export class OfficeSettings {
  constructor(
    private readonly rules: RuleRecords,
    private readonly clock: Clock,
  ) {}

  async find<Name extends keyof Settings>(tx: EntityManager, rule: Name) {
    const record = await this.rules.find<Settings[Name]>(tx, { rule, scope: 'programme', day: this.clock.today() });
    return { value: record?.value ?? null, ruleId: record?.ruleId ?? null };
  }

  /** The standard's hours for this subject; null while they are 待核实. */
  async standardHours(
    tx: EntityManager,
    { occupationCode: scope, edition, level }: { occupationCode: string; edition: string; level: string },
  ): Promise<StandardHours | null> {
    const ask = { rule: 'hours', scope, edition, level, day: this.clock.today() };
    return (await this.rules.find<StandardHours>(tx, ask))?.value ?? null;
  }
}
