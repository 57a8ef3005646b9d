import { expect, it } from '@jest/globals';
import { cities, citiesOn, cityOf } from './divisions.js';

it('has 16 cities, and 莱芜 on no day: when it was abolished is not known', () => {
  expect(citiesOn('2026-11-20')).toHaveLength(16);
  expect(cities.find(({ name }) => name === '莱芜市')).toEqual({
    ...{ code: '371200', name: '莱芜市', successor: '370100' },
    ...{ source: expect.any(String), confidence: 'C' },
  });
  expect(citiesOn('2018-01-01').map(({ name }) => name)).not.toContain('莱芜市');
});

it.each([
  ['370100', '济南市'],
  ['370202', '青岛市'],
  ['370176', '济南市'],
  ['371728', '菏泽市'],
])('puts %s into %s', (code, name) => {
  expect(cityOf(code, '2026-11-20')).toMatchObject({ name });
});

it('takes a code of 莱芜 and puts it into 济南', () => {
  expect(cityOf('371202', '2026-11-20')).toMatchObject({ name: '济南市' });
});

it.each(['370000', '371800', '110105', '3701', '37010０', ''])('knows no city for “%s”', (code) => {
  expect(cityOf(code, '2026-11-20')).toBeUndefined();
});
