import type { RowFacts } from './facts.js';
import { type Found, signalRule } from './signal.js';

export const equalScorePatterns = signalRule({
  code: 'equal-score-patterns',
  title: '多人两科成绩完全相同',
  words: '同一批次中理论知识与专业能力两科成绩都相同的人数达到起点，且占本批次的比例达到阈值。',
  source: '产品规则',
  confidence: 'I',
  severity: 'advisory',
  parameters: {
    rows: { title: '批次至少多少行才检查', value: 10, least: 2, most: 5000 },
    equal: { title: '相同成绩的起点人数', value: 3, least: 2, most: 5000 },
    percent: { title: '占批次的比例（%）', value: 20, least: 1, most: 100 },
  },
  find({ rows }, { rows: enough, equal, percent }): Found[] {
    if (rows.length < enough) return [];
    const patterns = new Map<string, RowFacts[]>();
    for (const row of rows) {
      const pattern = `${row.theory}/${row.ability}`;
      const alike = patterns.get(pattern);
      if (alike) alike.push(row);
      else patterns.set(pattern, [row]);
    }
    return [...patterns.values()].flatMap((alike) => {
      const [first] = alike;
      if (!first || alike.length < equal || alike.length * 100 < percent * rows.length) return [];
      const facts = { equal: alike.length, rows: rows.length, theory: first.theory, ability: first.ability };
      const open = alike.filter((row) => row.open);
      return open.length > 0 ? [{ rowIds: open.map(({ id }) => id), facts }] : [];
    });
  },
});
