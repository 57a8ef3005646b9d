import { applyDecorators, Body, Controller, Get, Ip, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Text } from '@shuzheng/contracts';
import { Invalid, Operation } from '@shuzheng/platform';
import { type Asked, Verification, VerifyCertificate } from '../queries/verify-certificate.js';
import { Pacing } from './pacing.js';

/** A number alone is never looked up: it comes with its check code, or with the holder's name. */
export class Lookup {
  @Text(1, 60, { description: '登记号', example: '37-2026-0000123-33' }) readonly number!: string;
  @Text(1, 20, { optional: true, description: '证书上印制的校验码' }) readonly code?: string;
  @Text(1, 100, { optional: true, description: '持证人姓名' }) readonly name?: string;
}

export class ByCode {
  @Text(1, 20, { description: '证书上印制的校验码' }) readonly code!: string;
}

const problem = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
const refused = ApiResponse({
  status: 422,
  description: 'registry-number-format、registry-number-check：登记号本身有误，未进行查询',
  content: problem,
});

const taken = applyDecorators(
  ApiResponse({ status: 413, description: '请求过大', content: problem }),
  ApiResponse({ status: 415, description: '不支持的内容类型：只接受 JSON', content: problem }),
);

@ApiTags('verification')
@Controller()
export class LookupsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly pacing: Pacing,
  ) {}

  @Post('lookups')
  @Operation({ name: 'verification.look-up', summary: '核验证书', permission: 'public', status: 200 })
  @ApiOkResponse({ type: Verification })
  @refused
  @taken
  lookUp(@Body() lookup: Lookup, @Ip() address: string) {
    if (lookup.code === undefined && lookup.name === undefined)
      throw new Invalid([{ field: 'code', check: 'code-or-name-missing' }]);
    return this.verify(lookup, address);
  }

  @Get('certificates/:number')
  @Operation({ name: 'verification.verify-certificate', summary: '凭登记号与校验码核验证书', permission: 'public' })
  @ApiOkResponse({ type: Verification })
  @refused
  byCode(@Param('number') number: string, @Query() { code }: ByCode, @Ip() address: string) {
    return this.verify({ number, code }, address);
  }

  private verify(asked: Asked, address: string): Promise<Verification> {
    this.pacing.allow(address, asked);
    return this.queries.execute(new VerifyCertificate(asked));
  }
}
