import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Instant, Texts, TrainingPlanFiled } from '@shuzheng/contracts';
import { announce, Audit, Clock, Conflict, Database, refuseIf, row, RuleRecords, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { Covers } from '../data/covers.js';
import { FilingCities } from '../data/filing-city.js';
import { keepFiling } from '../data/filings.js';
import { PlanReceipt } from '../data/plan-content.js';
import { seatsTaken } from '../data/seats.js';
import { lockTrainingPlan, preparedByWriter, type TrainingPlan } from '../data/training-plans.js';
import { type DirectionRule, reasonsNotToFileTrainingPlan, unverifiedOf } from '../domain/filing-plans.js';

export class FiledPlanReceipt extends PlanReceipt {
  @Instant() readonly filedAt!: string;
  @Texts(10, { description: '待核实：因规则记录尚缺而未能核对的事项' }) readonly unverified!: string[];
}

/** Put a training plan on file with the province and the city. */
export class FileTrainingPlan extends Command<FiledPlanReceipt> {
  constructor(
    readonly planId: string,
    readonly version: number | undefined,
  ) {
    super();
  }
}

@CommandHandler(FileTrainingPlan)
export class FileTrainingPlanHandler implements ICommandHandler<FileTrainingPlan> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly covers: Covers,
    private readonly rules: RuleRecords,
    private readonly cities: FilingCities,
  ) {}

  execute({ planId, version: stated }: FileTrainingPlan) {
    return this.db.transaction(async (tx) => {
      const plan = await lockTrainingPlan(tx, planId);
      if (stated !== undefined && stated !== plan.version) throw new Conflict('stale-version');
      const { entryIds, ruleIds, unverified } = await this.judge(tx, plan);

      const { version, content, organisationId, subject } = plan;
      const cityCode = await this.cities.of(tx, content.venueCityCode);
      const now = this.clock.now();
      const filedAt = this.clock.instant();
      const { plannedSeats, startsOn, endsOn } = content;
      const filing = { planId, kind: 'training', version, cityCode, content, seats: plannedSeats, now } as const;
      await keepFiling(tx, { ...filing, entryIds, ruleIds, unverified });
      await sql(
        tx,
        `update training_plan set state = 'filed', filed_version = version, filed_at = $2, city_code = $3,
           first_filed_at = coalesce(first_filed_at, $2) where id = $1`,
        [planId, now, cityCode],
      );
      const facts = { planId, version, organisationId, cityCode, subject, plannedSeats, startsOn, endsOn, filedAt };
      announce(tx, TrainingPlanFiled, facts);
      await this.audit.note({ subject: `plan:${planId}`, detail: { version, unverified } });
      return { planId, version, filedAt, unverified };
    });
  }

  /** Everything the filing is judged by; every broken rule is told at once. */
  private async judge(tx: EntityManager, plan: TrainingPlan) {
    const today = this.clock.today();
    const { organisationId, subject, content, filedVersion } = plan;
    const { occupationCode, edition, level } = subject;
    const directions = await this.rules.find<DirectionRule>(tx, {
      rule: 'directions',
      scope: occupationCode,
      edition,
      level,
      day: today,
    });
    const known = await row(tx, 'select 1 from known_occupation where code = $1', [occupationCode]);
    const asker = { organisationId, role: 'training' } as const;
    const cover = await this.covers.on(tx, asker, subject, [today, content.startsOn]);
    const reasons = reasonsNotToFileTrainingPlan({
      plan: { ...content, direction: subject.direction },
      occupationKnown: known !== undefined,
      directions: directions?.value ?? null,
      state: plan.state,
      contradicted: await this.contradictsClasses(tx, plan),
      preparedByFiler: await preparedByWriter(tx, plan.id, filedVersion ?? 0),
      today,
    });
    refuseIf([...reasons, ...cover.faults]);
    return {
      entryIds: cover.entryIds,
      ruleIds: directions ? [directions.ruleId] : [],
      unverified: unverifiedOf(directions?.value ?? null),
    };
  }

  /** A class runs under the plan as filed: an amendment may not take the ground from under it. */
  private async contradictsClasses(tx: EntityManager, { id, subject, content }: TrainingPlan): Promise<boolean> {
    const { occupationCode, edition, level, direction } = subject;
    const found = await row(
      tx,
      `select 1 from training_class where plan_id = $1 and state <> 'cancelled'
         and (starts_on < $2 or $3 < ends_on or (occupation_code, edition, level, direction) <> ($4, $5, $6, $7)) limit 1`,
      [id, content.startsOn, content.endsOn, occupationCode, edition, level, direction],
    );
    return found !== undefined || (await seatsTaken(tx, id)) > content.plannedSeats;
  }
}
