import { expect, it } from '@jest/globals';
import { kindOf } from './rule-kinds.js';

const item = (number: unknown, text: unknown = '取得技术员职称。') => ({ number, text });

it.each([
  ['pass-marks', { theory: 60, ability: 60, maximum: 100 }],
  ['conditions', { items: [item(1), item(2)] }],
  ['directions', { known: [], complete: true }],
  ['hours', { total: 80, theory: 40, practice: 40 }],
  ['retired-excluded', {}],
  ['cover-finish', { mayFinish: false }],
  ['day-of-completion', { meaning: 'last-lesson' }],
  ['penalties', { text: '约谈' }],
  ['late-entry', { days: 0 }],
  ['objection-window', { days: 5 }],
  ['objection-answer', { workingDays: 10 }],
  ['announcement-content', { required: ['收费标准'] }],
  ['minimum-age', { years: 18 }],
])('%s takes %j', (rule, value) => {
  expect(kindOf(rule)?.accepts(value)).toBe(true);
});

it.each([
  ['pass-marks', { theory: 60, ability: 60 }],
  ['pass-marks', { theory: 60, ability: 101, maximum: 100 }],
  ['pass-marks', { theory: '60', ability: 60, maximum: 100 }],
  ['conditions', { items: [] }],
  ['conditions', { items: [item(1), item(1)] }],
  ['conditions', { items: [item(1, ' ')] }],
  ['conditions', { items: [null] }],
  ['directions', { known: ['大数据处理', 3], complete: true }],
  ['directions', { known: ['大数据处理'] }],
  ['hours', { total: 0 }],
  ['retired-excluded', { unless: 'asked' }],
  ['cover-finish', { mayFinish: 'yes' }],
  ['day-of-completion', { meaning: 'whenever' }],
  ['penalties', { text: '' }],
  ['late-entry', { days: -1 }],
  ['objection-window', { days: 5, workingDays: 5 }],
  ['objection-answer', {}],
  ['announcement-content', { required: '收费标准' }],
])('%s does not take %j', (rule, value) => {
  expect(kindOf(rule)?.accepts(value)).toBe(false);
});

it('knows no kind by the name of what every object has', () => {
  expect(kindOf('constructor')).toBeUndefined();
});
