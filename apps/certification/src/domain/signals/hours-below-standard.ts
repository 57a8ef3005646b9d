import { eachRow, signalRule } from './signal.js';

export const hoursBelowStandard = signalRule({
  code: 'hours-below-standard',
  title: '培训学时不足',
  words: '结业时登记的学时少于该职业该等级的标准学时；标准学时未录入时不检查，显示待核实。',
  source: '鲁人社字〔2022〕156号 四（二）；规则记录 hours',
  confidence: 'T',
  severity: 'blocking',
  parameters: {},
  unverified: ({ standardHours }) => standardHours === null,
  find: (facts) =>
    eachRow(facts, ({ hours }) =>
      facts.standardHours !== null && hours !== null && hours < facts.standardHours
        ? { hours, standardHours: facts.standardHours }
        : undefined,
    ),
});
