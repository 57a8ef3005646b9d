import type { Confidence } from './confidence.js';

export type DocumentKind =
  | 'resident-id'
  | 'hmt-residence'
  | 'foreign-permanent-2023'
  | 'foreign-permanent-2017'
  | 'hm-travel'
  | 'tw-travel'
  | 'passport';

/** A kind of personal document: how it is called, how its number looks, and how well that is known. */
export interface DocumentKindRecord {
  code: DocumentKind;
  name: string;
  /** Null: 待核实, and nothing is refused by it. */
  form: string | null;
  /** The first day this form counts from; absent where it is not known. */
  from?: string;
  /** Where the form stands; null: not known. */
  source: string | null;
  confidence: Confidence;
}

/** The kinds the registry takes, in the order a form offers them. */
export const documentKinds: readonly DocumentKindRecord[] = [
  {
    code: 'resident-id',
    name: '居民身份证',
    form: '18 位，末位校验（MOD 11-2）',
    source: 'GB 11643-1999',
    confidence: 'T2',
  },
  {
    code: 'hmt-residence',
    name: '港澳台居民居住证',
    form: '18 位，地址码 810000、820000、830000，末位校验（MOD 11-2）',
    source: null,
    confidence: 'T2',
  },
  {
    code: 'foreign-permanent-2023',
    name: '外国人永久居留身份证（2023版）',
    form: '18 位，首位 9，末位校验（MOD 11-2）',
    source: '新版外国人永久居留身份证机读信息规则（2023版）',
    confidence: 'T2',
  },
  {
    code: 'foreign-permanent-2017',
    name: '外国人永久居留身份证（2017版）',
    form: '3 个字母加 12 位数字',
    source: '新版外国人永久居留身份证机读信息规则（2023版）',
    confidence: 'T2',
  },
  { code: 'hm-travel', name: '港澳居民来往内地通行证', form: null, source: null, confidence: 'R' },
  { code: 'tw-travel', name: '台湾居民来往大陆通行证', form: '8 位数字', source: null, confidence: 'T2' },
  { code: 'passport', name: '护照', form: null, source: null, confidence: 'R' },
];

/** Whether the text is the code of a kind the registry takes. */
export const isDocumentKind = (text: string): text is DocumentKind => documentKinds.some(({ code }) => code === text);
