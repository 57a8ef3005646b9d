import { Code, List, Text } from '@shuzheng/contracts';
import { reasons } from '../domain/reasons.js';

export class ItemReason {
  @Code() readonly code!: string;
  @Text(1, 200) readonly title!: string;
  @Text(1, 400) readonly advice!: string;
}

/** One item of many that was not taken, with every rule it breaks, tied to the caller's reference. */
export class RefusedItem {
  @Text(1, 60, { nullable: true }) readonly reference!: string | null;
  @Text(1, 60, { description: '所指的对象' }) readonly id!: string;
  @List(() => ItemReason, 1, 20) readonly reasons!: ItemReason[];
}

export const refusedItem = (
  { reference, enrolmentId }: { readonly reference?: string; readonly enrolmentId: string },
  codes: readonly (keyof typeof reasons)[],
): RefusedItem => ({
  reference: reference ?? null,
  id: enrolmentId,
  reasons: codes.map((code) => ({ code, title: reasons[code].title, advice: reasons[code].advice })),
});
