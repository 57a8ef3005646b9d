import { Body, Controller, Get, Inject, Ip, Param, Post, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import { CONFIG, type Config, faultOf, log, Operation, Refused, TooMany } from '@shuzheng/platform';
import type { FastifyReply } from 'fastify';
import { reasons } from '../domain/reasons.js';
import { VerifyCertificate } from '../queries/verify-certificate.js';
import { empty, formPage, type Mistake, type Typed } from './form-page.js';
import { headers, type Page } from './html.js';
import { Pacing } from './pacing.js';
import { resultPage } from './result-page.js';

type Fields = Readonly<Record<string, unknown>>;

/** The public pages. They load nothing, run no script and work on the oldest telephone. */
@ApiExcludeController()
@Controller('verify')
export class PagesController {
  constructor(
    private readonly queries: QueryBus,
    private readonly pacing: Pacing,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @Operation({ name: 'verification.show-form', summary: '查验证书的表单', permission: 'public' })
  form(@Res({ passthrough: true }) reply: FastifyReply) {
    return show(reply, formPage());
  }

  /** The form's own: what is typed never stands in an address. */
  @Post()
  @Operation({ name: 'verification.submit-form', summary: '查验证书', permission: 'public', status: 200 })
  async submit(@Body() body: Fields, @Ip() address: string, @Res({ passthrough: true }) reply: FastifyReply) {
    const typed = { number: textOf(body, 'number'), code: textOf(body, 'code'), name: textOf(body, 'name') };
    return show(reply, await this.answer(typed, address, reply));
  }

  /** Where the QR code points to: a name is not taken from here. */
  @Get(':number')
  @Operation({ name: 'verification.show-certificate', summary: '扫码查验证书', permission: 'public' })
  async scanned(
    @Param('number') number: string,
    @Query() query: Fields,
    @Ip() address: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const typed = { ...empty, number: number.slice(0, 60), code: textOf(query, 'code') };
    return show(reply, await this.answer(typed, address, reply));
  }

  private async answer(typed: Typed, address: string, reply: FastifyReply): Promise<Page> {
    const missing = whatIsMissing(typed);
    if (missing) return formPage(typed, missing, 400);
    const [code, name] = [typed.code || undefined, typed.name || undefined];
    try {
      this.pacing.allow(address, { name });
      const found = await this.queries.execute(new VerifyCertificate({ number: typed.number, code, name }));
      return resultPage(found, this.config.publicUrl);
    } catch (error) {
      if (error instanceof Refused) return formPage(typed, mistakeOf(error), 422);
      if (error instanceof TooMany) return formPage(typed, tooMany(error, reply), 429);
      log.error('a page could not be made', { service: 'verification', ...faultOf(error) });
      return formPage(typed, unavailable, 503);
    }
  }
}

function show(reply: FastifyReply, { status, html }: Page) {
  void reply.status(status).headers(headers);
  return html;
}

/** Text of a form or an address: anything else that may stand there counts as nothing. */
function textOf(fields: Fields | undefined, name: string): string {
  const value = fields?.[name];
  return typeof value === 'string' ? value.trim().slice(0, 100) : '';
}

function whatIsMissing({ number, code, name }: Typed): Mistake | undefined {
  if (number === '') return { field: 'number', title: '请填写登记号', advice: '登记号印在证书上' };
  if (code === '' && name === '')
    return { field: 'code', title: '请填写校验码或持证人姓名', advice: '只有登记号时不进行查询' };
  return undefined;
}

function mistakeOf({ reasons: [code] }: Refused): Mistake {
  const known = code === 'registry-number-check' || code === 'registry-number-format';
  return { field: 'number', ...reasons[known ? code : 'registry-number-format'] };
}

function tooMany({ retryAfterSeconds }: TooMany, reply: FastifyReply): Mistake {
  void reply.header('retry-after', String(retryAfterSeconds));
  return { field: 'number', title: '查询过于频繁', advice: `请在 ${retryAfterSeconds} 秒后再试` };
}

const unavailable: Mistake = { field: 'number', title: '查验服务暂时不可用', advice: '请稍后再试' };
