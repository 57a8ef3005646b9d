import { signalRule } from './signal.js';

/** 先开始的可以完成: what began inside the directory may finish, so this one only tells. */
export const directoryEndedMeanwhile = signalRule({
  code: 'directory-ended-meanwhile',
  title: '考核后目录条目已终止或暂停',
  words: '考核日在目录内，其后评价机构的目录条目已到期、终止或被暂停。先前已开始的活动可以完成。',
  source: '产品规则；“先开始的可以完成”为省厅设定',
  confidence: 'I',
  severity: 'advisory',
  parameters: {},
  find: ({ cover, missingToday }) =>
    missingToday !== null && cover.every(({ missing }) => missing === null)
      ? [{ rowIds: [], facts: { missing: missingToday } }]
      : [],
});
