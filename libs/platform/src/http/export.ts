import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { concatMap, lastValueFrom, of } from 'rxjs';
import { Refused } from '../problem.js';
import type { Page } from './listing.js';

/** More than this is asked for in parts: a narrower filter is quicker for everybody. */
export const EXPORT_ROWS = 10_000;
const PAGE = '200';

type Listed = FastifyRequest & { query: Record<string, unknown>; readonly operation?: { readonly name: string } };

/** `?format=csv` walks the pages of a list with the same filter, order and reach. */
export class Export implements NestInterceptor {
  constructor(private readonly most = EXPORT_ROWS) {}

  intercept(context: ExecutionContext, next: CallHandler) {
    const request = context.switchToHttp().getRequest<Listed>();
    if (request.query['format'] !== 'csv') return next.handle();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return of(undefined).pipe(concatMap(() => this.walk(request, reply, next, columnsOf(context.getHandler()))));
  }

  private async walk(request: Listed, reply: FastifyReply, next: CallHandler, columns: readonly string[]) {
    const { cursor: _, ...filters } = request.query;
    const lines = [columns.map(cell).join(',')];
    for (let cursor: string | null | undefined; cursor !== null;) {
      // What is asked is read anew from the request for each page.
      request.query = { ...filters, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) };
      const { items, total, next: after } = (await lastValueFrom(next.handle())) as Page<Record<string, unknown>>;
      if (total > this.most) throw new Refused(['export-too-large']);
      lines.push(...items.map((item) => columns.map((column) => cell(item[column])).join(',')));
      cursor = after;
    }
    const name = (request.operation?.name ?? 'export').replace('.', '-');
    void reply.type('text/csv; charset=utf-8').header('content-disposition', `attachment; filename="${name}.csv"`);
    // Excel takes a file for UTF-8 only when it begins with this mark.
    return `\uFEFF${lines.join('\r\n')}\r\n`;
  }
}

/** A cell that begins like a formula would be run by whoever opens the file. */
function cell(value: unknown) {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

type Documented = (new () => object) | undefined;

/** The fields of a list's rows, as its interface document names them. */
export function columnsOf(handler: object): readonly string[] {
  const answers = (Reflect.getMetadata('swagger/apiResponse', handler) ?? {}) as Record<string, { type?: Documented }>;
  const paged = answers['200']?.type;
  const items =
    paged && (Reflect.getMetadata('swagger/apiModelProperties', paged.prototype as object, 'items') as object);
  const row = (items as { type?: Documented } | undefined)?.type;
  if (!row) throw new Error('a list that does not say what its rows are');
  const named = (Reflect.getMetadata('swagger/apiModelPropertiesArray', row.prototype as object) ?? []) as string[];
  return named.map((name) => name.replace(/^:/, ''));
}
