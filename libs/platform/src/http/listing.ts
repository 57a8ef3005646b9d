import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import type { QueryResultRow } from 'pg';
import { Database } from '../database.js';
import { Invalid } from '../problem.js';

/** What every list takes: its own filters come with the query class that extends this one. */
export class PageQuery {
  @ApiProperty({ required: false, type: 'integer', minimum: 1, maximum: 200, default: 50 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  readonly limit?: number;

  @ApiProperty({ required: false, description: '上一页返回的 next' })
  @IsOptional()
  @IsString()
  @Length(1, 500)
  readonly cursor?: string;

  @ApiProperty({ required: false, description: '排序字段，前缀 - 表示降序' })
  @IsOptional()
  @IsString()
  @Length(1, 40)
  readonly sort?: string;
}

/** A page of a list, how many there are in all, and where the next page begins. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly total: number;
  readonly next: string | null;
}

export interface Listing {
  /** Columns as the answer names them: `{ id: 'plan.id', filedAt: 'plan.filed_at' }`; `id` is needed. */
  readonly columns: Readonly<Record<string, string>>;
  readonly from: string;
  /** Conditions that are met only where their value is given: `['plan.state = ?', query.state]`. */
  readonly where?: readonly (readonly [condition: string, value: unknown])[];
  /** Which columns may be sorted by; the first is the default, with its `-` where it has one. */
  readonly sorts: readonly string[];
}

/** Reads one page with the reach of whoever asks. Row-level security decides what exists for them. */
export async function page<Item extends QueryResultRow>(
  db: Database,
  { columns, from, where = [], sorts }: Listing,
  { limit = 50, cursor, sort = sorts[0] ?? 'id' }: PageQuery,
): Promise<Page<Item>> {
  const name = sort.replace(/^-/, '');
  const column = columns[name];
  if (!column || !sorts.some((one) => one.replace(/^-/, '') === name))
    throw new Invalid([{ field: 'sort', check: 'sort-unknown' }]);
  const direction = sort.startsWith('-') ? 'desc' : 'asc';
  const given = where.filter(([, value]) => value !== undefined);
  const values = given.map(([, value]) => value);
  const conditions = given.map(([condition], i) => condition.replaceAll('?', `$${i + 1}`));
  const filter = conditions.length > 0 ? `where ${conditions.join(' and ')}` : '';
  const after = cursor === undefined ? undefined : decode(cursor, sort);
  const comparison = direction === 'desc' ? '<' : '>';
  const turn = after
    ? `${filter ? `${filter} and` : 'where'} (${column}, ${columns['id']}) ${comparison} ($${values.length + 1}, $${values.length + 2})`
    : filter;
  const selected = Object.entries(columns).map(([as, expression]) => `${expression} as "${as}"`);
  return db.transaction(async () => {
    const items = await db.read<Item & { __key: string }>(
      `select ${selected.join(', ')}, ${column}::text as "__key" from ${from} ${turn}
       order by ${column} ${direction}, ${columns['id']} ${direction} limit ${limit + 1}`,
      after ? [...values, ...after] : values,
    );
    const [counted] = await db.read<{ total: number }>(`select count(*)::int as total from ${from} ${filter}`, values);
    const shown = items.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: shown.map(({ __key, ...item }) => item as unknown as Item),
      total: counted?.total ?? 0,
      next: items.length > limit && last ? encode(sort, last.__key, String(last['id'])) : null,
    };
  });
}

const encode = (...parts: string[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');

function decode(cursor: string, sort: string): [string, string] {
  try {
    const [sortedBy, key, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    if (sortedBy === sort && typeof key === 'string' && typeof id === 'string') return [key, id];
  } catch {
    // Falls through: whatever it is, it is not a cursor of ours.
  }
  throw new Invalid([{ field: 'cursor', check: 'cursor-unknown' }]);
}

/** The class that documents a page of `item`: OpenAPI needs one for each list. */
export function PageOf<Item>(item: new () => Item) {
  class Paged {
    @ApiProperty({ type: item, isArray: true }) readonly items!: Item[];
    @ApiProperty({ type: 'integer', description: '符合条件的总数' }) readonly total!: number;
    @ApiProperty({ type: String, nullable: true, description: '下一页的 cursor；没有更多时为 null' }) readonly next!:
      string | null;
  }
  Object.defineProperty(Paged, 'name', { value: `PageOf${item.name}` });
  return Paged;
}
