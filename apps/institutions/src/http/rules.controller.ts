import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Operation } from '@shuzheng/platform';
import { RecordRule, RuleReceipt } from '../commands/record-rule.js';
import {
  FindOccupation,
  ListOccupations,
  OccupationFilter,
  OccupationPage,
  OccupationView,
} from '../queries/list-occupations.js';
import { ListRules, RuleFilter, RulePage } from '../queries/list-rules.js';
import { ListStandards, StandardFilter, StandardPage } from '../queries/list-standards.js';

@ApiTags('rules')
@Controller()
export class RulesController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
  ) {}

  @Get('occupations')
  @Operation({ name: 'institutions.list-occupations', summary: '查询职业', permission: 'public' })
  @ApiOkResponse({ type: OccupationPage })
  occupations(@Query() filter: OccupationFilter) {
    return this.queries.execute(new ListOccupations(filter));
  }

  @Get('occupations/:code')
  @Operation({ name: 'institutions.find-occupation', summary: '查看职业', permission: 'public' })
  @ApiOkResponse({ type: OccupationView })
  occupation(@Param('code') code: string) {
    return this.queries.execute(new FindOccupation(code));
  }

  @Get('standards')
  @Operation({
    name: 'institutions.list-standards',
    summary: '查询国家职业标准的方向、申报条件、合格标准和学时',
    permission: 'public',
  })
  @ApiOkResponse({ type: StandardPage })
  standards(@Query() filter: StandardFilter) {
    return this.queries.execute(new ListStandards(filter));
  }

  @Get('rules')
  @Operation({ name: 'institutions.list-rules', summary: '查询规则记录及其来源', permission: 'public' })
  @ApiOkResponse({ type: RulePage })
  rules(@Query() filter: RuleFilter) {
    return this.queries.execute(new ListRules(filter));
  }

  @Post('rules')
  @Operation({
    name: 'institutions.record-rule',
    summary: '登记规则',
    permission: 'rules:manage',
    writes: true,
    refusals: [
      'rule-unknown',
      'rule-scope',
      'occupation-unknown',
      'rule-value',
      'rule-unverified',
      'dates-order',
      'rule-recorded',
    ],
  })
  @ApiCreatedResponse({ type: RuleReceipt })
  record(@Body() command: RecordRule) {
    return this.commands.execute(command);
  }
}
