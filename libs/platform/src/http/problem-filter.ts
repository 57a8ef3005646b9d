import {
  type ArgumentsHost,
  BadRequestException,
  Catch,
  type ExceptionFilter,
  HttpException,
  NotFoundException,
} from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Malformed, type Permission, permissions, type ShapeFault } from '@shuzheng/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Actor, actor } from '../actor.js';
import { codeOf } from '../database.js';
import { faultOf, log } from '../log.js';
import { isOutage } from '../messaging/faults.js';
import {
  Conflict,
  FileUnreadable,
  Invalid,
  Missing,
  NotPermitted,
  NotSignedIn,
  Refused,
  TooMany,
  Unavailable,
} from '../problem.js';
import { platformReasons, type ReasonCatalogue, type RowFault } from '../reasons.js';
import { adviceFor } from './field-advice.js';

class ProblemReason {
  @ApiProperty({ description: '规则代码' }) code!: string;
  @ApiProperty() title!: string;
  @ApiProperty() advice!: string;
  @ApiProperty({ required: false, description: '依据' }) source?: string;
}
class ProblemFault {
  @ApiProperty() field!: string;
  @ApiProperty() rule!: string;
  @ApiProperty() advice!: string;
}
class ProblemRow {
  @ApiProperty({ required: false, description: '文件中的行号，表头为第 1 行' }) row?: number;
  @ApiProperty({ required: false }) column?: string;
  @ApiProperty({ required: false }) cell?: string;
  @ApiProperty({ required: false, description: '调用方自己的编号' }) reference?: string;
  @ApiProperty() rule!: string;
  @ApiProperty() advice!: string;
}

/** RFC 9457. `code` is stable; the texts are for people. */
export class Problem {
  @ApiProperty({ example: '/problems/not-found' }) type!: string;
  @ApiProperty() title!: string;
  @ApiProperty() status!: number;
  @ApiProperty() code!: string;
  @ApiProperty({ required: false, description: '怎么办' }) advice?: string;
  @ApiProperty({ required: false, type: [ProblemReason] }) reasons?: ProblemReason[];
  @ApiProperty({ required: false, type: [ProblemFault] }) faults?: ProblemFault[];
  @ApiProperty({ required: false, type: [ProblemRow] }) rows?: readonly RowFault[];
  @ApiProperty({ required: false, description: '缺少的权限' }) permission?: string;
  @ApiProperty({ required: false, description: '追踪号' }) correlationId?: string;
}

// A learner belongs to no organisation that could grant anything.
const forStaff = '此功能供机构和主管部门的工作人员使用';

const TOOK_TOO_LONG = '57014';

interface Described {
  readonly status: number;
  readonly code: string;
  readonly more?: Partial<Problem>;
  readonly retryAfter?: number;
}

/** Turns whatever was thrown into one problem. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly catalogue: ReasonCatalogue;

  constructor(reasons: ReasonCatalogue) {
    this.catalogue = { ...platformReasons, ...reasons };
  }

  catch(error: unknown, host: ArgumentsHost) {
    const request = host.switchToHttp().getRequest<FastifyRequest & { correlationId?: string; actor?: Actor }>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const correlationId = request.correlationId ?? actor().correlationId;
    const { status, code, more, retryAfter } = this.describe(error);
    if (status >= 500) {
      log.error('a request failed', {
        ...faultOf(error),
        status,
        method: request.method,
        ...(correlationId ? { correlationId } : {}),
      });
    }
    if (status === 401) void reply.header('www-authenticate', 'Bearer');
    if (retryAfter !== undefined) void reply.header('retry-after', String(retryAfter));
    const problem: Problem = {
      type: `/problems/${code}`,
      title: this.catalogue[code]?.title ?? code,
      status,
      code,
      ...(this.catalogue[code] ? { advice: this.catalogue[code].advice } : {}),
      ...more,
      ...(code === 'permission-missing' && request.actor?.reach === 'self' ? { advice: forStaff } : {}),
      ...(correlationId ? { correlationId } : {}),
    };
    void reply.status(status).type('application/problem+json; charset=utf-8').send(problem);
  }

  private describe(error: unknown): Described {
    if (error instanceof Refused) return this.refused(error);
    if (error instanceof Invalid || error instanceof Malformed) return invalid(error.faults);
    if (error instanceof Missing) return { status: 404, code: 'not-found' };
    if (error instanceof NotSignedIn) return { status: 401, code: error.code };
    if (error instanceof NotPermitted)
      return { status: 403, code: 'permission-missing', more: missing(error.permission) };
    if (error instanceof TooMany)
      return { status: 429, code: 'too-many-requests', retryAfter: error.retryAfterSeconds };
    if (error instanceof Conflict) {
      return {
        status: 409,
        code: error.code,
        ...(error.retryAfterSeconds ? { retryAfter: error.retryAfterSeconds } : {}),
      };
    }
    return framework(error) ?? broken(error);
  }

  private refused({ reasons, rows }: Refused): Described {
    const told = reasons.map((code) => ({ code, ...(this.catalogue[code] ?? { title: code, advice: '' }) }));
    const [first] = told;
    return {
      status: 422,
      code: first?.code ?? 'refused',
      more: { ...(first ? { title: first.title } : {}), reasons: told, ...(rows.length > 0 ? { rows } : {}) },
    };
  }
}

function missing(permission: string) {
  const title = permissions[permission as Permission] as string | undefined;
  return { permission, ...(title ? { title: `缺少权限：${title}` } : {}) };
}

const MOST_FAULTS = 100;
const headers = new Set(['key-missing', 'if-match-missing']);

function invalid(faults: readonly ShapeFault[]): Described {
  const [first] = faults;
  const told = faults.slice(0, MOST_FAULTS);
  return {
    status: 400,
    code: first && headers.has(first.check) ? first.check : 'request-invalid',
    more: {
      faults: told.map((fault) => ({
        field: shown(fault),
        rule: fault.check,
        advice: fault.advice ?? adviceFor(fault.check),
      })),
    },
  };
}

/** The names of our own fields are ours; a field that we do not know is the caller's text, and may be anything. */
const shown = ({ field, check }: ShapeFault) =>
  check === 'whitelistValidation' && !/^([\w-]+\.)*[A-Za-z_-]{1,40}\d{0,3}$/.test(field) ? '?' : field;

/** What Nest and Fastify throw themselves. */
function framework(error: unknown): Described | undefined {
  if (error instanceof NotFoundException) return { status: 404, code: 'not-found' };
  if (error instanceof BadRequestException) return { status: 400, code: 'request-malformed' };
  const status =
    error instanceof HttpException
      ? error.getStatus()
      : (error as { statusCode?: number } | null | undefined)?.statusCode;
  if (status === 413) return { status: 413, code: 'file-too-large' };
  if (status === 415) return { status: 415, code: 'file-type-unknown' };
  if (status !== undefined && status >= 400 && status < 500) return { status: 400, code: 'request-malformed' };
  return undefined;
}

/** The database or the network is away: trying again may well succeed. Everything else is our fault. */
function broken(error: unknown): Described {
  if (error instanceof FileUnreadable) return { status: 500, code: 'file-unreadable' };
  return error instanceof Unavailable || isOutage(error) || codeOf(error) === TOOK_TOO_LONG
    ? { status: 503, code: 'unavailable', retryAfter: 2 }
    : { status: 500, code: 'internal' };
}
