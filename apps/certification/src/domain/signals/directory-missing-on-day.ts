import { signalRule, sorted } from './signal.js';

export const directoryMissingOnDay = signalRule({
  code: 'directory-missing-on-day',
  title: '考核当日不在目录内',
  words: '按现在掌握的目录版本，评价机构在某个考核日没有覆盖该职业、等级、方向的有效目录条目。',
  source: '鲁人社字〔2022〕156号 六（二）',
  confidence: 'T',
  severity: 'blocking',
  parameters: {},
  find({ cover }) {
    const bare = cover.filter(({ missing }) => missing !== null);
    if (bare.length === 0) return [];
    const missing = sorted(bare.flatMap((one) => (one.missing === null ? [] : [one.missing])));
    return [{ rowIds: [], facts: { days: sorted(bare.map(({ day }) => day)), missing } }];
  },
});
