import { expect, it } from '@jest/globals';
import { citiesOn, cityOf } from './divisions.js';

it('has 16 cities today, and 莱芜 beside them before 2019', () => {
  expect(citiesOn('2026-11-20')).toHaveLength(16);
  expect(citiesOn('2018-01-01').map(({ name }) => name)).toContain('莱芜市');
});

it.each([
  ['370100', '济南市'],
  ['370202', '青岛市'],
  ['370176', '济南市'],
  ['371728', '菏泽市'],
])('puts %s into %s', (code, name) => {
  expect(cityOf(code, '2026-11-20')).toMatchObject({ name });
});

it('puts an address in 莱芜 into 莱芜 while it existed and into 济南 since', () => {
  expect(cityOf('371202', '2017-06-30')).toMatchObject({ name: '莱芜市' });
  expect(cityOf('371202', '2026-11-20')).toMatchObject({ name: '济南市' });
});

it.each(['370000', '371800', '110105', '3701', '37010０', ''])('knows no city for “%s”', (code) => {
  expect(cityOf(code, '2026-11-20')).toBeUndefined();
});
