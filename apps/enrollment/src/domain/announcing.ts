import { broken, type Rules } from '@shuzheng/platform/rules';

/** 鲁人社字〔2022〕156号 六(二): promises that an announcement must not make. 合作 alone is no such word. */
const warned = ['包过', '保过', '不过退费', '包就业', '包年薪', '保年薪', '包拿证', '培训贷'];

/** The words that a person should look at again. They warn and never refuse. */
export const advertWordsIn = (text: string): string[] => {
  const plain = text.normalize('NFKC').replace(/[\s\p{P}]/gu, '');
  return warned.filter((word) => plain.includes(word));
};

/** Anybody can read an announcement for ever: a document number or a mobile phone in it would be given away. */
export function namesAPerson(text: string): boolean {
  const digits = text.normalize('NFKC').replace(/[\s\-·]/gu, '');
  return /(?<!\d)(1[3-9]\d{9}|\d{17}[\dXx])(?!\d)/.test(digits);
}

/** What the office asks every announcement to contain, word by word, such as 收费标准. */
export interface AnnouncementRule {
  readonly required?: readonly string[];
}

/** What the office asks for and the text does not say. It warns, as words can be chosen otherwise. */
export const missingIn = (text: string, rule: AnnouncementRule | null): string[] =>
  (rule?.required ?? []).filter((word) => !text.includes(word)).map((word) => `缺少：${word}`);

export const announcementStates = ['draft', 'published', 'withdrawn', 'replaced'] as const;
export const isStanding = (state: string) => state === 'published';

export interface ShowingFacts {
  readonly state: string;
  readonly warnings: readonly string[];
  readonly acknowledged: readonly string[];
  /** The state of the announcement that this one takes the place of; null where there is none. */
  readonly replacedState: string | null;
}

const showingRules = {
  'announcement-not-draft': ({ state }) => state !== 'draft',
  'warnings-unacknowledged': ({ warnings, acknowledged }) =>
    warnings.some((warning) => !acknowledged.includes(warning)),
  'announcement-not-published': ({ replacedState }) => replacedState !== null && !isStanding(replacedState),
} satisfies Rules<ShowingFacts>;

/** The rules that showing this draft to everybody would break. */
export const reasonsNotToShow = (facts: ShowingFacts) => broken(showingRules, facts);
