import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Operation } from '@shuzheng/platform';
import { ChangeOccupation, OccupationVersionReceipt } from '../commands/change-occupation.js';
import { NewOccupation, OccupationReceipt, RecordOccupation } from '../commands/record-occupation.js';
import { RecordRule, RuleReceipt } from '../commands/record-rule.js';
import { ReplacementReceipt, ReplaceRule } from '../commands/replace-rule.js';
import { RuleWithdrawal, WithdrawalReceipt, WithdrawRule } from '../commands/withdraw-rule.js';
import { OccupationContent } from '../data/occupations.js';
import { RuleContent, RuleReplacement } from '../data/rule-records.js';
import {
  FindOccupation,
  FindOccupationHistory,
  ListOccupations,
  OccupationFilter,
  OccupationHistory,
  OccupationPage,
  OccupationView,
} from '../queries/list-occupations.js';
import { FindRule, ListRules, RuleDetails, RuleFilter, RulePage } from '../queries/list-rules.js';
import { ListStandards, StandardFilter, StandardPage } from '../queries/list-standards.js';

export const recordRefusals = [
  'rule-unknown',
  'rule-scope',
  'occupation-unknown',
  'rule-value',
  'rule-unverified',
  'dates-order',
  'rule-recorded',
];
const occupationRefusals = ['occupation-name-taken', 'occupation-code-taken', 'occupation-code-unverified'];

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
    refusals: [...recordRefusals, 'rule-needs-second-person'],
  })
  @ApiCreatedResponse({ type: RuleReceipt })
  record(@Body() content: RuleContent) {
    return this.commands.execute(new RecordRule(content));
  }

  @Get('rules/:id')
  @Operation({ name: 'institutions.find-rule', summary: '查看规则及其历次记录', permission: 'public' })
  @ApiOkResponse({ type: RuleDetails })
  rule(@Param('id', Id) id: string) {
    return this.queries.execute(new FindRule(id));
  }

  @Post('rules/:id/replace')
  @Operation({
    name: 'institutions.replace-rule',
    summary: '以新规则替换：原规则到前一日为止',
    permission: 'rules:manage',
    writes: true,
    amends: true,
    refusals: [...recordRefusals, 'rule-withdrawn', 'replacement-order', 'rule-needs-second-person'],
  })
  @ApiCreatedResponse({ type: ReplacementReceipt })
  replace(@Param('id', Id) id: string, @Body() replacement: RuleReplacement) {
    return this.commands.execute(new ReplaceRule(id, replacement));
  }

  @Post('rules/:id/withdraw')
  @Operation({
    name: 'institutions.withdraw-rule',
    summary: '撤销规则：自该日起不再适用',
    permission: 'rules:manage',
    writes: true,
    amends: true,
    refusals: ['rule-withdrawn', 'withdrawal-backdated', 'rule-over'],
  })
  @ApiCreatedResponse({ type: WithdrawalReceipt })
  withdraw(@Param('id', Id) id: string, @Body() withdrawal: RuleWithdrawal) {
    return this.commands.execute(new WithdrawRule(id, withdrawal));
  }

  @Post('occupations')
  @Operation({
    name: 'institutions.record-occupation',
    summary: '登记职业',
    permission: 'rules:manage',
    writes: true,
    refusals: ['occupation-recorded', ...occupationRefusals],
  })
  @ApiCreatedResponse({ type: OccupationReceipt })
  recordOccupation(@Body() occupation: NewOccupation) {
    return this.commands.execute(new RecordOccupation(occupation));
  }

  @Put('occupations/:code')
  @Operation({
    name: 'institutions.change-occupation',
    summary: '变更职业的名称、编码或出处',
    permission: 'rules:manage',
    writes: true,
    amends: true,
    status: 200,
    refusals: occupationRefusals,
  })
  @ApiOkResponse({ type: OccupationVersionReceipt })
  changeOccupation(@Param('code') code: string, @Body() content: OccupationContent) {
    return this.commands.execute(new ChangeOccupation(code, content));
  }

  @Get('occupations/:code/history')
  @Operation({ name: 'institutions.find-occupation-history', summary: '查看职业的历次变更', permission: 'public' })
  @ApiOkResponse({ type: OccupationHistory })
  occupationHistory(@Param('code') code: string) {
    return this.queries.execute(new FindOccupationHistory(code));
  }
}
