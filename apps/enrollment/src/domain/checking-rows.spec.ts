import { expect, it } from '@jest/globals';
import { checkRows, type LearnerRow } from './checking-rows.js';

const today = '2026-01-05';
const welcome: LearnerRow = {
  reference: 'L-001',
  name: '阿依努尔·买买提',
  documentKind: '居民身份证',
  documentNumber: '11010519491231002X',
  phone: '13900000001',
  education: '大学本科',
  employer: '示例智能产线有限公司',
  category: '在职',
  retired: '否',
};
const faultsOf = (change: Partial<LearnerRow>) =>
  checkRows([{ ...welcome, ...change }], today).faults.map(({ field, rule }) => [field, rule]);

it('takes a row over in the registry’s own words', () => {
  const { learners, faults } = checkRows([welcome], today);

  expect(faults).toEqual([]);
  expect(learners).toEqual([
    {
      ...without(welcome, 'retired'),
      index: 0,
      documentKind: 'resident-id',
      education: 'bachelor',
      category: 'employed',
    },
  ]);
});

it('A13 reads full-width digits, blanks and a lower-case x as they are meant', () => {
  const typed = {
    ...welcome,
    documentNumber: ' １１０１０５19491231002x ',
    phone: '139 0000 0001',
    name: ' 阿依努尔•买买提 ',
  };

  expect(checkRows([typed], today).learners).toEqual(checkRows([welcome], today).learners);
});

it('takes codes where the workbook has words', () => {
  const coded = { ...welcome, documentKind: 'resident-id', education: 'bachelor', category: 'employed' };

  expect(checkRows([coded], today).learners).toEqual(checkRows([welcome], today).learners);
});

it.each([
  ['name', '', 'name-empty'],
  ['name', '张\u0007三', 'name-control-character'],
  ['name', '张?', 'name-lost-character'],
  ['name', '张'.repeat(51), 'name-too-long'],
  ['name', '12345', 'name-only-digits'],
  ['name', '·买买提', 'name-dot-at-edge'],
  ['documentKind', '军官证', 'document-kind-unknown'],
  ['documentNumber', '1101051949123100#X', 'document-characters'],
  ['documentNumber', '11010519491231', 'document-length'],
  ['documentNumber', '110105491231002', 'document-old-form'],
  ['documentNumber', '91010519491231002X', 'document-prefix'],
  ['documentNumber', '11010519491331002X', 'document-birth-date'],
  ['documentNumber', '110105194912310021', 'document-check-digit'],
  ['phone', '1390000000a', 'phone-characters'],
  ['phone', '139000', 'phone-length'],
  ['phone', '02900000001', 'phone-prefix'],
  ['education', '小学', 'education-unknown'],
  ['employer', ' ', 'employer-missing'],
  ['category', '', 'category-unknown'],
  ['retired', '', 'retired-unanswered'],
  ['retired', '是', 'retired-excluded'],
] as const)('%s %j is refused with %s', (field, text, rule) => {
  expect(faultsOf({ [field]: text })).toEqual([[field, rule]]);
});

it('names every wrong column of a row, not only the first', () => {
  expect(faultsOf({ name: '', phone: '1', retired: '是' })).toEqual([
    ['name', 'name-empty'],
    ['phone', 'phone-length'],
    ['retired', 'retired-excluded'],
  ]);
});

it('A11 the later of two rows repeats the earlier, however its number is written', () => {
  const again = { ...welcome, documentNumber: '１１０１０５19491231002x' };

  const { learners, faults } = checkRows([welcome, { ...welcome, documentNumber: 'x' }, again, again], today);

  expect(learners.map(({ index }) => index)).toEqual([0]);
  expect(faults.filter(({ rule }) => rule === 'repeated-in-file')).toEqual([
    { index: 2, field: 'documentNumber', rule: 'repeated-in-file', repeats: 0 },
    { index: 3, field: 'documentNumber', rule: 'repeated-in-file', repeats: 0 },
  ]);
});

function without<T extends object, K extends keyof T>(of: T, key: K): Omit<T, K> {
  const { [key]: _, ...rest } = of;
  return rest;
}
