import { eachRow, signalRule } from './signal.js';

export const resultBeforeExamEnd = signalRule({
  code: 'result-before-exam-end',
  title: '成绩登记早于考核结束',
  words: '成绩的登记日期早于最后一科考核的日期。',
  source: '产品规则',
  confidence: 'I',
  severity: 'blocking',
  parameters: {},
  find: (facts) =>
    eachRow(facts, ({ recordedOn }) =>
      recordedOn !== null && recordedOn < facts.lastPaperOn
        ? { recordedOn, lastPaperOn: facts.lastPaperOn }
        : undefined,
    ),
});
