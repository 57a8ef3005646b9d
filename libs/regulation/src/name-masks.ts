import { normalizeName } from './names.js';

const compoundSurnames = new Set(
  (
    '欧阳 司马 上官 诸葛 夏侯 东方 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 司徒 司空 轩辕 ' +
    '南宫 端木 百里 呼延 东郭 西门 独孤 闻人 澹台 公冶 宗政 濮阳 淳于 单于 太史 申屠 钟离'
  ).split(' '),
);

/**
 * What a screen shows of a name: 张*, 欧阳*, 买**. The surname's first character stays, both of a compound surname, and
 * at most two stars follow, so that the mask does not tell the length. A single character is hidden.
 */
export function maskName(text: string): string {
  // A combining mark or variation selector belongs to the character before it.
  const characters = normalizeName(text).match(/\P{M}\p{M}*/gu) ?? [];
  if (characters.length < 2) return '*';
  const isCompound = characters.length > 2 && compoundSurnames.has(characters.slice(0, 2).join(''));
  const shown = characters.slice(0, isCompound ? 2 : 1);
  return shown.join('') + '*'.repeat(Math.min(2, characters.length - shown.length));
}
