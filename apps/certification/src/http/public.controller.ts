import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Code, List, Text } from '@shuzheng/contracts';
import { Operation } from '@shuzheng/platform';
import { returnReasons, revocationReasons } from '../domain/return-reasons.js';
import { ListKeys, SigningKeys } from '../queries/list-keys.js';

export class ReasonCode {
  @Code() readonly code!: string;
  @Text(1, 100) readonly title!: string;
}

export class ReasonCodes {
  @List(() => ReasonCode, 0, 100, { description: '退回原因' }) readonly returns!: ReasonCode[];
  @List(() => ReasonCode, 0, 100, { description: '撤销原因' }) readonly revocations!: ReasonCode[];
}

const listed = (reasons: Readonly<Record<string, string>>): ReasonCode[] =>
  Object.entries(reasons).map(([code, title]) => ({ code, title }));

@ApiTags('public')
@Controller()
export class PublicController {
  constructor(private readonly queries: QueryBus) {}

  @Get('keys')
  @Operation({ name: 'certification.list-keys', summary: '签发证书的公钥', permission: 'public' })
  @ApiOkResponse({ type: SigningKeys })
  keys() {
    return this.queries.execute(new ListKeys());
  }

  @Get('reason-codes')
  @Operation({ name: 'certification.list-reason-codes', summary: '退回与撤销的原因代码', permission: 'public' })
  @ApiOkResponse({ type: ReasonCodes })
  reasonCodes(): ReasonCodes {
    return { returns: listed(returnReasons), revocations: listed(revocationReasons) };
  }
}
