import { Code, Instant, Int, Uuid } from '@shuzheng/contracts';
import { steps } from '../domain/chain.js';

const MOST = 100_000_000;
const Count = (description: string) => Int(0, MOST, { description });

/** How many persons have come how far. */
export class ChainCounts {
  @Count('入班：已备案计划下登记的学员') readonly filed!: number;
  @Count('结业') readonly completed!: number;
  @Count('资格确认') readonly entered!: number;
  @Count('考核合格') readonly passed!: number;
  @Count('考核不合格') readonly failed!: number;
  @Count('缺考') readonly absent!: number;
  @Count('违纪') readonly violation!: number;
  @Count('省厅确认') readonly confirmed!: number;
  @Count('退回（次数）') readonly returned!: number;
  @Count('颁发') readonly issued!: number;
  @Count('撤销') readonly revoked!: number;
}

/** The chain of one plan. */
export class PlanChain extends ChainCounts {
  @Uuid() readonly planId!: string;
  @Uuid() readonly organisationId!: string;
  @Code() readonly cityCode!: string;
  @Code() readonly occupationCode!: string;
  @Code() readonly level!: string;
  @Int(1, 10000) readonly plannedSeats!: number;
  @Instant() readonly filedAt!: string;
}

/** The counts of all stages that the caller sees. */
export const sums = steps.map((step) => `coalesce(sum(stage.${step}), 0)::int as ${step}`).join(', ');
