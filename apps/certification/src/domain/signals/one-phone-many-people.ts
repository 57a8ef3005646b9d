import { eachRow, signalRule } from './signal.js';

export const onePhoneManyPeople = signalRule({
  code: 'one-phone-many-people',
  title: '多人共用同一手机号码',
  words: '报名时所留手机号码为若干人共用；只比较号码的不可逆索引，不读取号码本身。',
  source: '产品规则',
  confidence: 'I',
  severity: 'advisory',
  parameters: { persons: { title: '共用人数起点', value: 3, least: 2, most: 1000 } },
  find: (facts, { persons }) =>
    eachRow(facts, ({ sharingPhone }) => (sharingPhone >= persons ? { persons: sharingPhone } : undefined)),
});
