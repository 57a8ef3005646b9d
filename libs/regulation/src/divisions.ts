import type { Confidence } from './confidence.js';

/** An administrative division (GB/T 2260). `from` and `to` are its first and last day, absent when open or not known. */
export interface Division {
  code: string;
  name: string;
  from?: string;
  to?: string;
  /** The city that its area belongs to since it was abolished. */
  successor?: string;
  confidence: Confidence;
}

/** The province itself; units directly under it (省直) carry this code and belong to no city. */
export const province: Division = { code: '370000', name: '山东省', confidence: 'C' };

const current = (code: string, name: string): Division => ({ code, name, confidence: 'C' });

/** The 16 cities, and 莱芜, which became part of 济南; the day it did is recalled, not read. */
export const cities: readonly Division[] = [
  current('370100', '济南市'),
  current('370200', '青岛市'),
  current('370300', '淄博市'),
  current('370400', '枣庄市'),
  current('370500', '东营市'),
  current('370600', '烟台市'),
  current('370700', '潍坊市'),
  current('370800', '济宁市'),
  current('370900', '泰安市'),
  current('371000', '威海市'),
  current('371100', '日照市'),
  { code: '371200', name: '莱芜市', to: '2018-12-25', successor: '370100', confidence: 'R' },
  current('371300', '临沂市'),
  current('371400', '德州市'),
  current('371500', '聊城市'),
  current('371600', '滨州市'),
  current('371700', '菏泽市'),
];

/** The cities that exist on the day, in the order of their codes. */
export const citiesOn = (day: string): Division[] => cities.filter((city) => isInForce(city, day));

/**
 * The city that a six-digit code of a city, county or district belongs to on the day: for an abolished city, its
 * successor. Undefined for the province itself, other provinces and malformed codes.
 */
export function cityOf(code: string, day: string): Division | undefined {
  if (!/^[0-9]{6}$/.test(code)) return undefined;
  const city = cities.find((candidate) => candidate.code === `${code.slice(0, 4)}00`);
  if (city === undefined || isInForce(city, day)) return city;
  return city.successor === undefined ? undefined : cityOf(city.successor, day);
}

const isInForce = ({ from, to }: Division, day: string) => (!from || from <= day) && (!to || day <= to);
