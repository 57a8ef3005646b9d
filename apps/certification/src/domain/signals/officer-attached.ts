import { signalRule } from './signal.js';

export const officerAttached = signalRule({
  code: 'officer-attached',
  title: '省厅有人员与本批次机构存在关联',
  words: '已申报与评价机构或培训机构存在关联的人员，不得对本批次提出意见或作出决定。',
  source: '产品规则（回避）',
  confidence: 'I',
  severity: 'advisory',
  parameters: {},
  find: ({ attachedOfficers: officers }) => (officers > 0 ? [{ rowIds: [], facts: { officers } }] : []),
});
