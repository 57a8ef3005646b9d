import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Audit, Clock, Database, refuseIf, requireVersion } from '@shuzheng/platform';
import { FilingCities } from '../data/filing-city.js';
import type { PlanReceipt, TrainingPlanContent } from '../data/plan-content.js';
import { lockTrainingPlan, writeTrainingPlan } from '../data/training-plans.js';
import { datesFaults } from '../domain/filing-plans.js';
import { faultsOfTrainingMove } from '../domain/plan-states.js';

/** Write a new version of a training plan. What stands on file goes on standing until the new version is filed. */
export class AmendTrainingPlan extends Command<PlanReceipt> {
  constructor(
    readonly planId: string,
    readonly content: TrainingPlanContent,
  ) {
    super();
  }
}

@CommandHandler(AmendTrainingPlan)
export class AmendTrainingPlanHandler implements ICommandHandler<AmendTrainingPlan> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly cities: FilingCities,
  ) {}

  execute({ planId, content }: AmendTrainingPlan) {
    return this.db.transaction(async (tx) => {
      const plan = await lockTrainingPlan(tx, planId);
      requireVersion(plan.version);
      refuseIf([
        ...faultsOfTrainingMove(plan.state, 'amend'),
        ...datesFaults(content.startsOn, content.endsOn, this.clock.today()),
      ]);

      const version = plan.version + 1;
      const cityCode = await this.cities.of(tx, content.venueCityCode);
      await writeTrainingPlan(tx, { planId, cityCode, version, now: this.clock.now() }, content);
      await this.audit.note({ subject: `plan:${planId}`, detail: { version } });
      return { planId, version };
    });
  }
}
