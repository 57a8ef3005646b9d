import { Code, Int, List, Text, Uuid } from '@shuzheng/contracts';
import type { ReturnAnswer, ReturnReceipt } from '../commands/answer-returned.js';
import { reasons } from '../domain/reasons.js';

export class AnsweredReturnView {
  @Int(0, 1999, { description: '在本次提交中的位置，从 0 起' }) readonly index!: number;
  @Code({ optional: true, description: '调用方自己的编号' }) readonly reference?: string;
  @Uuid() readonly resultId!: string;
}

export class RefusedReturnView {
  @Int(0, 1999, { description: '在本次提交中的位置，从 0 起' }) readonly index!: number;
  @Code({ optional: true, description: '调用方自己的编号' }) readonly reference?: string;
  @Code() readonly rule!: string;
  @Text(1, 200) readonly advice!: string;
}

export class ReturnedAnswer {
  @List(() => AnsweredReturnView, 0, 2000) readonly answered!: AnsweredReturnView[];
  @List(() => RefusedReturnView, 0, 2000) readonly refused!: RefusedReturnView[];
}

const advice: Readonly<Record<string, { readonly advice: string }>> = reasons;

/** Ties each item's outcome to the caller's own reference, which is not kept. */
export function returnedAnswer(items: readonly ReturnAnswer[], { answered, refused }: ReturnReceipt): ReturnedAnswer {
  const tied = <T extends { readonly index: number }>(item: T) => {
    const reference = items[item.index]?.reference;
    return reference === undefined ? item : { ...item, reference };
  };
  return {
    answered: answered.map(tied),
    refused: refused.map((item) => ({ ...tied(item), advice: advice[item.rule]?.advice ?? '' })),
  };
}
