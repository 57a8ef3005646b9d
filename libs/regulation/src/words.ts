/** The three levels of the program, lowest first. */
export const levels = ['junior', 'intermediate', 'senior'] as const;

export type Level = (typeof levels)[number];

const names: Record<Level, string> = { junior: '初级', intermediate: '中级', senior: '高级' };

/** The level as certificates print it: 初级, 中级, 高级. */
export const levelName = (level: Level): string => names[level];

/**
 * The level a cell means, or undefined. Only 初级, 中级, 高级 (also 初级专业技术等级, traditional 級, or our own codes) are
 * read: 四级, 中级工 or 高级工程师 look alike but belong to other regimes.
 */
export function parseLevel(text: string): Level | undefined {
  const word = text.normalize('NFKC').replace(/\s/g, '').replaceAll('級', '级').toLowerCase();
  const bare = word.replace(/专业技术等级$/, '');
  return levels.find((level) => level === bare || names[level] === bare);
}
