import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Operation } from '@shuzheng/platform';
import { DecideRuleDraft, DiscardReason, DraftDecisionReceipt } from '../commands/decide-rule-draft.js';
import { DraftReceipt, DraftRule, RuleDraft } from '../commands/draft-rule.js';
import { recordRefusals } from './rules.controller.js';
import { ListRuleDrafts, RuleDraftFilter, RuleDraftPage } from '../queries/list-rule-drafts.js';

@ApiTags('rules')
@Controller('rule-drafts')
export class RuleDraftsController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  @Operation({
    name: 'institutions.draft-rule',
    summary: '登记规则草稿，由另一人确认后生效',
    permission: 'rules:manage',
    writes: true,
  })
  @ApiCreatedResponse({ type: DraftReceipt })
  draft(@Body() draft: RuleDraft) {
    return this.commands.execute(new DraftRule(draft));
  }

  @Get()
  @Operation({
    name: 'institutions.list-rule-drafts',
    summary: '查询规则草稿',
    permission: ['rules:manage', 'rules:confirm'],
  })
  @ApiOkResponse({ type: RuleDraftPage })
  list(@Query() filter: RuleDraftFilter) {
    return this.queries.execute(new ListRuleDrafts(filter));
  }

  @Post(':id/confirm')
  @Operation({
    name: 'institutions.confirm-rule-draft',
    summary: '确认他人登记的规则草稿',
    permission: ['rules:manage', 'rules:confirm'],
    writes: true,
    refusals: ['draft-decided', 'same-person', 'rule-withdrawn', 'replacement-order', ...recordRefusals],
  })
  @ApiCreatedResponse({ type: DraftDecisionReceipt })
  confirm(@Param('id', Id) id: string) {
    return this.commands.execute(new DecideRuleDraft(id, 'confirm'));
  }

  @Post(':id/discard')
  @Operation({
    name: 'institutions.discard-rule-draft',
    summary: '放弃规则草稿',
    permission: ['rules:manage', 'rules:confirm'],
    writes: true,
    refusals: ['draft-decided'],
  })
  @ApiCreatedResponse({ type: DraftDecisionReceipt })
  discard(@Param('id', Id) id: string, @Body() { reason }: DiscardReason) {
    return this.commands.execute(new DecideRuleDraft(id, 'discard', reason));
  }
}
