import { Code, Int, List, OneOf, Text, Uuid } from '@shuzheng/contracts';
import type { ItemsReceipt, ResultItem } from '../commands/record-results.js';
import { reasons } from '../domain/reasons.js';

export class RecordedResult {
  @Int(0, 1999, { description: '在本次提交中的位置，从 0 起' }) readonly index!: number;
  @Code({ optional: true, description: '调用方自己的编号' }) readonly reference?: string;
  @Uuid() readonly resultId!: string;
}
export class RefusedResult {
  @Int(0, 1999, { description: '在本次提交中的位置，从 0 起' }) readonly index!: number;
  @Code({ optional: true, description: '调用方自己的编号' }) readonly reference?: string;
  @OneOf(['admissionNumber', 'theory', 'ability']) readonly field!: string;
  @Code() readonly rule!: string;
  @Text(1, 200) readonly advice!: string;
}
export class ResultsAnswer {
  @List(() => RecordedResult, 0, 2000) readonly recorded!: RecordedResult[];
  @List(() => RefusedResult, 0, 2000) readonly refused!: RefusedResult[];
}

/** Ties each item's outcome to the caller's own reference, which is not kept: the stored answer holds places and ids. */
export function answerFor(items: readonly ResultItem[], { recorded, refused }: ItemsReceipt): ResultsAnswer {
  const tied = <T extends { readonly index: number }>(item: T) => {
    const reference = items[item.index]?.reference;
    return reference === undefined ? item : { ...item, reference };
  };
  return {
    recorded: recorded.map(tied),
    refused: refused.map((item) => ({ ...tied(item), advice: adviceOn(item.rule) })),
  };
}

const advice: Readonly<Record<string, { readonly advice: string }>> = reasons;
const adviceOn = (rule: string) => advice[rule]?.advice ?? '';
