import { applyDecorators, HttpCode, UseInterceptors } from '@nestjs/common';
import { type Permission, permissions } from '@shuzheng/contracts';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { Export } from './export.js';
import { PageQuery } from './listing.js';

/** What the platform must know of a route: it is on the route, so that none can forget it. */
export interface OperationOptions {
  /** Stable name, `<service>.<verb>-<noun>`; audit rows and idempotency keys carry it. */
  readonly name: string;
  /** One sentence in Chinese for the interface's readers. */
  readonly summary: string;
  /** The permission the caller must hold, or several of which one is enough; `signed-in` asks only for an account, `public` for nothing. */
  readonly permission: string | readonly string[];
  /** Does it change anything? Then it takes an `Idempotency-Key` and leaves an audit row. */
  readonly writes?: boolean;
  /** It amends something that has a version: `If-Match` is required. */
  readonly amends?: boolean;
  /** Writes without an `Idempotency-Key`: signing in and out, and whatever else repeats by itself without harm. */
  readonly repeatable?: boolean;
  /** A status other than 201 for a write and 200 for a read. */
  readonly status?: number;
  /** The rule codes it may refuse with. */
  readonly refusals?: readonly string[];
}

const problem = (status: number, description: string) =>
  ApiResponse({
    status,
    description,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  });

/** Every list leaves as a file, too. Only lists pay for it: what Nest does around an interceptor costs more than a small read. */
const exported: MethodDecorator = (target, name, descriptor) => {
  const taken = (Reflect.getMetadata('design:paramtypes', target, name) ?? []) as { readonly prototype?: unknown }[];
  if (taken.some(({ prototype }) => prototype instanceof PageQuery))
    UseInterceptors(new Export())(target, name, descriptor);
};

/** The permissions of which one is enough. */
export const permissionsFor = ({ permission }: Pick<OperationOptions, 'permission'>): readonly string[] =>
  typeof permission === 'string' ? [permission] : permission;

/** A permission with the words a person knows it by. */
const named = (permission: string) =>
  permission === 'signed-in' ? '任何已登录的账号' : `${permission}（${permissions[permission as Permission]}）`;

/** Declares a route: who may call it, whether it writes, and everything it may answer. */
export function Operation(options: OperationOptions) {
  const { name, summary, permission, writes = false, amends = false, repeatable = false, refusals = [] } = options;
  const open = permission === 'public';
  const keyed = writes && !repeatable;
  return applyDecorators(
    // Fastify knows the route and not its handler.
    RouteConfig({ operation: options }),
    exported,
    HttpCode(options.status ?? (writes ? 201 : 200)),
    ApiOperation({
      operationId: name,
      summary,
      description: open ? '公开接口' : `所需权限：${permissionsFor(options).map(named).join(' 或 ')}`,
    }),
    ...(open ? [] : [ApiBearerAuth(), problem(401, '尚未登录'), problem(403, '缺少权限')]),
    ...(keyed
      ? [
          ApiHeader({
            name: 'Idempotency-Key',
            required: true,
            schema: { type: 'string', minLength: 8, maxLength: 128 },
          }),
        ]
      : []),
    ...(amends ? [ApiHeader({ name: 'If-Match', required: true, schema: { type: 'string' } })] : []),
    problem(400, '请求不符合要求'),
    problem(404, '没有找到，或无权查看'),
    ...(writes
      ? [problem(409, 'in-progress、stale-version、not-yet-known'), problem(413, '过大'), problem(415, '类型不支持')]
      : []),
    ...(writes ? [problem(422, ['key-reused', ...refusals].join('、'))] : []),
    problem(429, '请求过于频繁'),
    problem(503, '暂时不可用'),
  );
}
