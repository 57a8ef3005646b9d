import { expect, it } from '@jest/globals';
import { Prose } from '@shuzheng/contracts';
import { validateSync } from 'class-validator';
import { newName } from './names.js';

class Named {
  @Prose(2, 200) readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

it('makes names by chance that are never refused for looking like a number of somebody', () => {
  const names = Array.from({ length: 5000 }, () => newName('演练机构 '));

  expect(names.filter((name) => validateSync(new Named(name)).length > 0)).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
});
