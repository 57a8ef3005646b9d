import { eachRow, signalRule, sorted } from './signal.js';

export const otherLevelInChain = signalRule({
  code: 'other-level-in-chain',
  title: '同一职业的其他等级尚在办理',
  words: '同一人同一职业另有其他等级的证书数据在确认、审核或颁发过程中，尚未办结。',
  source: '产品规则',
  confidence: 'I',
  severity: 'advisory',
  parameters: {},
  find: (facts) =>
    eachRow(facts, ({ otherLevels }) => (otherLevels.length > 0 ? { levels: sorted(otherLevels) } : undefined)),
});
