import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Audit, Clock, Database, refuseIf } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import { FilingCities } from '../data/filing-city.js';
import type { PlanReceipt, TrainingPlanContent } from '../data/plan-content.js';
import { writeTrainingPlan } from '../data/training-plans.js';
import { datesFaults } from '../domain/filing-plans.js';

/** Begin a training plan. What no plan can mean is refused now; what the rules say of it, when it is filed. */
export class DraftTrainingPlan extends Command<PlanReceipt> {
  constructor(readonly content: TrainingPlanContent) {
    super();
  }
}

@CommandHandler(DraftTrainingPlan)
export class DraftTrainingPlanHandler implements ICommandHandler<DraftTrainingPlan> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly cities: FilingCities,
  ) {}

  execute({ content }: DraftTrainingPlan) {
    refuseIf(datesFaults(content.startsOn, content.endsOn, this.clock.today()));
    return this.db.transaction(async (tx) => {
      const planId = randomUUID();
      const cityCode = await this.cities.of(tx, content.venueCityCode);
      await writeTrainingPlan(tx, { planId, cityCode, version: 1, now: this.clock.now() }, content);
      await this.audit.note({ subject: `plan:${planId}`, detail: { version: 1 } });
      return { planId, version: 1 };
    });
  }
}
