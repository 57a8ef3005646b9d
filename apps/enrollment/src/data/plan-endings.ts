import { Prose, Uuid } from '@shuzheng/contracts';

export class EndingReason {
  @Prose(2, 500, { description: '撤回的理由' }) readonly reason!: string;
}

export class EndedPlan {
  @Uuid() readonly planId!: string;
}
