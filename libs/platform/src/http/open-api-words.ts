import { namesOf } from '@shuzheng/contracts';
import type { OpenAPIObject } from '@nestjs/swagger';
import { platformReasons, type ReasonCatalogue } from '../reasons.js';

/** Gives the reader of an interface document the Chinese of its words: what each refusal says, what each allowed value means. */
export function tellInChinese(document: OpenAPIObject, reasons: ReasonCatalogue) {
  const catalogue: ReasonCatalogue = { ...platformReasons, ...reasons };
  walk(document, (node) => {
    const { description, enum: words } = node;
    if (typeof description === 'string') node['description'] = titled(description, catalogue);
    if (isWords(words)) node['description'] = [description, namesOf(words)].filter(Boolean).join('。');
  });
}

/** A list of codes, and nothing else, becomes a list with their titles. */
function titled(description: string, catalogue: ReasonCatalogue): string {
  const codes = description.split('、');
  return codes.every((code) => code in catalogue)
    ? codes.map((code) => `- \`${code}\` ${catalogue[code]?.title ?? ''}`).join('\n')
    : description;
}

// Media types are no words, and the fields to sort by are named where the answer has them.
const isWords = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((word) => typeof word === 'string' && !/^-|\//.test(word));

function walk(node: unknown, tell: (node: Record<string, unknown>) => void): void {
  if (typeof node !== 'object' || node === null) return;
  if (!Array.isArray(node)) tell(node as Record<string, unknown>);
  for (const inside of Object.values(node)) walk(inside, tell);
}
