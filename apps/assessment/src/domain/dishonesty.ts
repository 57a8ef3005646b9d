import { broken, type Rules } from '@shuzheng/platform/rules';

/** Why somebody is on the list. 人社部令第31号 is followed by analogy; what it bars from is the office's choice. */
export const dishonestyKinds = {
  'false-promise': '承诺不实',
  serious: '严重违纪违规',
  'very-serious': '特别严重违纪违规',
  'false-documents': '提供虚假证明材料',
  other: '其他失信行为',
} as const;

export interface DishonestyFacts {
  readonly listed: boolean;
  readonly from: string;
  /** Null: 长期记录. */
  readonly to: string | null;
  readonly numberFault: boolean;
}

const rules = {
  'document-number-wrong': ({ numberFault }) => numberFault,
  'dates-order': ({ from, to }) => to !== null && to < from,
  'already-listed': ({ listed }) => listed,
} satisfies Rules<DishonestyFacts>;

/** The rules that putting somebody on the list would break. */
export const reasonsNotToList = (facts: DishonestyFacts) => broken(rules, facts);
