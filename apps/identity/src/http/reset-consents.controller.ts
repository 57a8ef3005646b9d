import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Operation } from '@shuzheng/platform';
import { ConsentGiven, ConsentReceipt, ConsentToReset } from '../commands/consent-to-reset.js';
import { ConsentFilter, ConsentPage, ListResetConsents } from '../queries/list-reset-consents.js';

const administering = ['accounts:manage', 'security:manage'];

/** Two administrators, where the sign-in of a third is given into other hands. */
@ApiTags('security')
@Controller()
export class ResetConsentsController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
  ) {}

  @Post('accounts/:id/reset-consents')
  @Operation({
    name: 'identity.consent-to-reset',
    summary: '同意重设一名管理员的登录',
    permission: administering,
    writes: true,
    refusals: ['own-account', 'consent-needless'],
  })
  @ApiCreatedResponse({ type: ConsentReceipt })
  consent(@Param('id', Id) id: string, @Body() consent: ConsentGiven) {
    return this.commands.execute(new ConsentToReset(id, consent));
  }

  @Get('reset-consents')
  @Operation({
    name: 'identity.list-reset-consents',
    summary: '查询管理员登录重设的同意记录',
    permission: [...administering, 'audit:read'],
  })
  @ApiOkResponse({ type: ConsentPage })
  list(@Query() filter: ConsentFilter) {
    return this.queries.execute(new ListResetConsents(filter));
  }
}
