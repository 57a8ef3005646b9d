import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Code, List, Text } from '@shuzheng/contracts';
import { Operation } from '@shuzheng/platform';
import {
  reinstatementReasons,
  replacementReasons,
  returnReasons,
  revocationReasons,
  suspensionReasons,
} from '../domain/return-reasons.js';
import { givingUpReasons } from '../domain/row-reasons.js';
import { KeyFilter, ListKeys, SigningKeyPage } from '../queries/list-keys.js';

export class ReasonCode {
  @Code() readonly code!: string;
  @Text(1, 100) readonly title!: string;
}

export class ReasonCodes {
  @List(() => ReasonCode, 0, 100, { description: '退回原因' }) readonly returns!: ReasonCode[];
  @List(() => ReasonCode, 0, 100, { description: '撤销原因' }) readonly revocations!: ReasonCode[];
  @List(() => ReasonCode, 0, 100, { description: '暂停原因' }) readonly suspensions!: ReasonCode[];
  @List(() => ReasonCode, 0, 100, { description: '恢复原因' }) readonly reinstatements!: ReasonCode[];
  @List(() => ReasonCode, 0, 100, { description: '换发原因' }) readonly replacements!: ReasonCode[];
  @List(() => ReasonCode, 0, 100, { description: '国家退回后放弃的原因' }) readonly givingUp!: ReasonCode[];
}

const listed = (reasons: Readonly<Record<string, string>>): ReasonCode[] =>
  Object.entries(reasons).map(([code, title]) => ({ code, title }));

@ApiTags('public')
@Controller()
export class PublicController {
  constructor(private readonly queries: QueryBus) {}

  @Get('keys')
  @Operation({ name: 'certification.list-keys', summary: '签发证书的公钥', permission: 'public' })
  @ApiOkResponse({ type: SigningKeyPage })
  keys(@Query() filter: KeyFilter) {
    return this.queries.execute(new ListKeys(filter));
  }

  @Get('reason-codes')
  @Operation({ name: 'certification.list-reason-codes', summary: '各类办理的原因代码', permission: 'public' })
  @ApiOkResponse({ type: ReasonCodes })
  reasonCodes(): ReasonCodes {
    return {
      ...{ returns: listed(returnReasons), revocations: listed(revocationReasons) },
      ...{ suspensions: listed(suspensionReasons), reinstatements: listed(reinstatementReasons) },
      ...{ replacements: listed(replacementReasons), givingUp: listed(givingUpReasons) },
    };
  }
}
