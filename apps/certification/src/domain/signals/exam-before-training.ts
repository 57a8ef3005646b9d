import { eachRow, signalRule } from './signal.js';

export const examBeforeTraining = signalRule({
  code: 'exam-before-training',
  title: '考核早于培训结业',
  words: '第一科考核的日期早于所依据培训班的结业日期；培训班尚未结业的，早于其开班日期。',
  source: '鲁人社字〔2022〕156号 四（二）（三）',
  confidence: 'I',
  severity: 'blocking',
  parameters: {},
  find: (facts) =>
    eachRow(facts, ({ training }) => {
      const examOn = facts.examDays[0] ?? facts.lastPaperOn;
      if (training === null || examOn >= (training.completedOn ?? training.startsOn)) return undefined;
      const { startsOn, completedOn } = training;
      return completedOn === null ? { examOn, startsOn } : { examOn, completedOn };
    }),
});
