import { eachRow, signalRule, sorted } from './signal.js';

export const sameDayTwoPlaces = signalRule({
  code: 'same-day-two-places',
  title: '同一人同一天出现在两处',
  words: '考核当天，同一人另有一场考核，或在其他培训班、其他城市有线下课次的到课记录。',
  source: '产品规则',
  confidence: 'I',
  severity: 'blocking',
  parameters: {},
  find: (facts) =>
    eachRow(facts, ({ elsewhere }) =>
      elsewhere.length === 0
        ? undefined
        : { days: sorted(elsewhere.map(({ day }) => day)), kinds: sorted(elsewhere.map(({ kind }) => kind)) },
    ),
});
