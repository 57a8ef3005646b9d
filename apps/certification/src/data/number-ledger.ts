import { formatRegistryNumber } from '@shuzheng/credentials';
import { row, rows, sql } from '@shuzheng/platform';
import { province } from '@shuzheng/regulation';
import { randomInt } from 'node:crypto';
import type { EntityManager } from 'typeorm';

const prefix = province.code.slice(0, 2);

/** The series of a year, locked until the transaction ends: allocations of one series go one after the other. */
export async function lockSeries(tx: EntityManager, year: number) {
  const code = `${prefix}-${year}`;
  await sql(tx, 'insert into series (code, province, year) values ($1, $2, $3) on conflict do nothing', [
    code,
    prefix,
    year,
  ]);
  const found = await row<{ last: number }>(tx, 'select last_serial as last from series where code = $1 for update', [
    code,
  ]);
  return { code, year, last: found?.last ?? 0 };
}

/** The next numbers of a locked series, without a gap. */
export async function takeNumbers(
  tx: EntityManager,
  { code, year, last }: { code: string; year: number; last: number },
  count: number,
) {
  await sql(tx, 'update series set last_serial = $2 where code = $1', [code, last + count]);
  return Array.from({ length: count }, (_, i) => {
    const serial = last + i + 1;
    return { serial, registryNumber: formatRegistryNumber({ province: prefix, year, serial }) };
  });
}

const LIST_SIZE = 131_072;
/** Beyond this a new list is opened: what stays free in the old one hides how many are in use. */
const FULL = 98_304;

/** Free places of the current status list, at random, so that neighbors in a list have nothing in common. */
export async function takePlaces(tx: EntityManager, count: number) {
  const list = await lockList(tx);
  const taken = new Set<number>();
  while (taken.size < count) {
    const drawn = Array.from({ length: 2 * (count - taken.size) + 8 }, () => randomInt(LIST_SIZE));
    const candidates = [...new Set(drawn)].filter((place) => !taken.has(place));
    const free = await rows<{ place: number }>(tx, 'select free_places($1, $2::int[]) as place', [list, candidates]);
    for (const { place } of free) if (taken.size < count) taken.add(place);
  }
  await sql(tx, 'update status_list set used = used + $2 where number = $1', [list, count]);
  return { list, places: [...taken] };
}

async function lockList(tx: EntityManager): Promise<number> {
  const last = await row<{ number: number; used: number }>(
    tx,
    'select number, used from status_list order by number desc limit 1 for update',
  );
  if (last && last.used < FULL) return last.number;
  await sql(tx, 'insert into status_list (number) values ($1) on conflict do nothing', [(last?.number ?? -1) + 1]);
  return lockList(tx);
}

/** The place as one number over all lists. */
export const globalPlace = (list: number, place: number) => list * LIST_SIZE + place;
