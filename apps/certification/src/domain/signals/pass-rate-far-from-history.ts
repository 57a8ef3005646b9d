import { signalRule } from './signal.js';

/**
 * How far the count of passes is from what the history lets expect, in standard deviations of a binomial count.
 * The history's rate is (passed + 1) / (sat + 2), so that a history of passes alone still leaves room for a failure.
 */
export function sigmasFrom(history: { sat: number; passed: number }, { sat, passed }: { sat: number; passed: number }) {
  const rate = (history.passed + 1) / (history.sat + 2);
  return Math.abs(passed - sat * rate) / Math.sqrt(sat * rate * (1 - rate));
}

export const passRateFarFromHistory = signalRule({
  code: 'pass-rate-far-from-history',
  title: '合格率明显偏离本机构历史',
  words:
    '与本机构此前同一职业、同一等级各批次的合计合格率相比，本批次合格人数偏离达到若干个标准差（二项分布，双侧）；参考人数或历史人数不足时不检查。',
  source: '产品规则',
  confidence: 'I',
  severity: 'advisory',
  parameters: {
    sat: { title: '本批次至少参考人数', value: 10, least: 1, most: 5000 },
    historySat: { title: '历史至少参考人数', value: 100, least: 10, most: 100_000 },
    sigmas: { title: '标准差倍数', value: 3, least: 1, most: 10 },
  },
  find({ sat, passed, history }, least) {
    if (sat < least.sat || history.sat < least.historySat) return [];
    const sigmas = Math.round(sigmasFrom(history, { sat, passed }) * 10) / 10;
    if (sigmas < least.sigmas) return [];
    const { sessions: historySessions, sat: historySat, passed: historyPassed } = history;
    return [{ rowIds: [], facts: { sat, passed, historySessions, historySat, historyPassed, sigmas } }];
  },
});
