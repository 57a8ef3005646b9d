import { expect, it } from '@jest/globals';
import type { CellRule, RefusalCode } from '@shuzheng/workbooks';
import { directoryRowRules } from './checking-directory-rows.js';
import { reasons } from './reasons.js';
import { workbookReasons } from './workbook-reasons.js';

// The compiler compares: a code that the reader of workbooks can give and that has no words here does not build.
const workbookWords: Readonly<Record<RefusalCode | CellRule, { title: string }>> = workbookReasons;

it('has words for everything that reading a list can refuse', () => {
  expect(reasons).toMatchObject(workbookWords);
  expect(Object.keys(reasons)).toEqual(expect.arrayContaining([...directoryRowRules]));
});

it('says of every rule in Chinese what is wrong and what to do', () => {
  for (const { title, advice } of Object.values(reasons)) {
    expect(title).toMatch(/\p{Script=Han}/u);
    expect(advice).toMatch(/\p{Script=Han}/u);
  }
});
