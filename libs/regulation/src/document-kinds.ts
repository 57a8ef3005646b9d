import type { Confidence } from './confidence.js';

export type DocumentKind =
  | 'resident-id'
  | 'hmt-residence'
  | 'foreign-permanent-2023'
  | 'foreign-permanent-2017'
  | 'hm-travel'
  | 'tw-travel'
  | 'passport';

/** A kind of personal document: how it is called, and how well the form of its number is known. */
export interface DocumentKindRecord {
  code: DocumentKind;
  name: string;
  confidence: Confidence;
  source: string;
}

/** The kinds the registry takes, in the order a form offers them. */
export const documentKinds: readonly DocumentKindRecord[] = [
  { code: 'resident-id', name: '居民身份证', confidence: 'T2', source: 'GB 11643-1999' },
  { code: 'hmt-residence', name: '港澳台居民居住证', confidence: 'T2', source: '地址码 810000、820000、830000' },
  {
    code: 'foreign-permanent-2023',
    name: '外国人永久居留身份证（2023版）',
    confidence: 'T2',
    source: '2023版机读信息规则',
  },
  {
    code: 'foreign-permanent-2017',
    name: '外国人永久居留身份证（2017版）',
    confidence: 'T2',
    source: '2023版机读信息规则',
  },
  { code: 'hm-travel', name: '港澳居民来往内地通行证', confidence: 'R', source: '' },
  { code: 'tw-travel', name: '台湾居民来往大陆通行证', confidence: 'T2', source: '' },
  { code: 'passport', name: '护照', confidence: 'R', source: '' },
];

/** Whether the text is the code of a kind the registry takes. */
export const isDocumentKind = (text: string): text is DocumentKind => documentKinds.some(({ code }) => code === text);
