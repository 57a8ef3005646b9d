import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Length, Max, Min, ValidateBy } from 'class-validator';
import type { QueryResultRow } from 'pg';
import { codeOf, Database } from '../database.js';
import { Invalid } from '../problem.js';

/** What every list takes. */
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

  @ApiProperty({ required: false, enum: ['csv'], description: '给出 csv 时导出全部符合条件的行（最多一万行）' })
  @IsOptional()
  @IsIn(['csv'])
  readonly format?: string;
}

/**
 * What a list takes that can be sorted by these fields; the first is the default, with its `-` where it has one.
 * Its own filters come with the query class that extends this one. The fields are named as the columns are.
 */
export function SortedBy(...sorts: readonly [string, ...string[]]) {
  const fields = [...new Set(sorts.map(fieldOf))];
  const words = fields.flatMap((field) => [field, `-${field}`]);
  class Sorted extends PageQuery {
    @ApiProperty({ required: false, enum: words, default: sorts[0], description: '排序字段，前缀 - 表示降序' })
    @ValidateBy(
      { name: 'sort-unknown', validator: { validate: (sort) => words.includes(sort as string) } },
      { message: `请使用 ${fields.join('、')} 之一，前缀 - 表示降序` },
    )
    readonly sort?: string = sorts[0];
  }
  return Sorted;
}

const fieldOf = (sort: string) => sort.replace(/^-/, '');

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
}

/** Reads one page with the reach of whoever asks. Row-level security decides what exists for them. */
export async function page<Item extends QueryResultRow>(
  db: Database,
  { columns, from, where = [] }: Listing,
  { limit = 50, cursor, sort = 'id' }: PageQuery & { readonly sort?: string },
): Promise<Page<Item>> {
  const order = orderOf(sort, columns);
  const given = where.filter(([, value]) => value !== undefined);
  const values = given.map(([, value]) => value);
  const filters = given.map(([condition], i) => `(${condition.replaceAll('?', `$${i + 1}`)})`);
  const after = cursor === undefined ? undefined : afterCursor(order, decode(cursor, sort), values.length);
  const selected = Object.entries(columns).map(([as, expression]) => `${expression} as "${as}"`);
  return db.transaction(async () => {
    const items = await db
      .read<Item & { __key: string | null }>(
        `select ${selected.join(', ')}, ${order.column}::text as "__key" from ${from}
         ${whole([...filters, ...(after ? [after.condition] : [])])}
         order by ${order.column} ${order.direction}, ${order.id} ${order.direction} limit ${limit + 1}`,
        [...values, ...(after?.values ?? [])],
      )
      .catch((error: unknown) => {
        // A cursor that somebody made up may hold what its column cannot be compared with.
        throw cursor !== undefined && codeOf(error).startsWith('22') ? cursorUnknown() : error;
      });
    const counted = await db.read<{ total: number }>(
      `select count(*)::int as total from ${from} ${whole(filters)}`,
      values,
    );
    const shown = items.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: shown.map(({ __key, ...item }) => item as unknown as Item),
      total: counted[0]?.total ?? 0,
      next: items.length > limit && last ? encode(sort, last.__key, String(last['id'])) : null,
    };
  });
}

interface Order {
  readonly column: string;
  readonly id: string;
  readonly direction: 'asc' | 'desc';
}

function orderOf(sort: string, columns: Listing['columns']): Order {
  const [column, id] = [columns[fieldOf(sort)], columns['id']];
  if (!column || !id) throw new Error(`a list that has no column for ${sort}`);
  return { column, id, direction: sort.startsWith('-') ? 'desc' : 'asc' };
}

const whole = (conditions: readonly string[]) => (conditions.length > 0 ? `where ${conditions.join(' and ')}` : '');

/** What comes after a row. Rows without a value come last, and first in the other direction, as PostgreSQL orders them. */
function afterCursor(
  { column, id, direction }: Order,
  [key, lastId]: readonly [string | null, string],
  before: number,
) {
  const [first, second] = [`$${before + 1}`, `$${before + 2}`];
  const ascending = direction === 'asc';
  if (key === null) {
    const rest = `${column} is null and ${id} ${ascending ? '>' : '<'} ${first}`;
    return { condition: ascending ? `(${rest})` : `(${rest} or ${column} is not null)`, values: [lastId] };
  }
  const rest = `(${column}, ${id}) ${ascending ? '>' : '<'} (${first}, ${second})`;
  return { condition: ascending ? `(${rest} or ${column} is null)` : rest, values: [key, lastId] };
}

const encode = (...parts: (string | null)[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');
const cursorUnknown = () => new Invalid([{ field: 'cursor', check: 'cursor-unknown' }]);

function decode(cursor: string, sort: string): readonly [string | null, string] {
  try {
    const [sortedBy, key, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    if (sortedBy === sort && (key === null || typeof key === 'string') && typeof id === 'string') return [key, id];
  } catch {
    // Falls through: whatever it is, it is not a cursor of ours.
  }
  throw cursorUnknown();
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
