import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, coverReasons, Id, Operation } from '@shuzheng/platform';
import { AmendExamPlan } from '../commands/amend-exam-plan.js';
import { CloseExamPlan } from '../commands/close-exam-plan.js';
import { DraftExamPlan } from '../commands/draft-exam-plan.js';
import { FiledExamPlanReceipt, FileExamPlan } from '../commands/file-exam-plan.js';
import { WithdrawExamPlan } from '../commands/withdraw-exam-plan.js';
import { EndedPlan, EndingReason } from '../data/plan-endings.js';
import { ExamPlanContent, PlanReceipt, WhichVersion } from '../data/plan-content.js';
import { ListPlanVersions, PlanHistory } from '../queries/list-plan-versions.js';
import { FindExamPlan, WholeExamPlan } from '../queries/find-exam-plan.js';
import { ExamPlanFilter, ExamPlanPage, ListExamPlans } from '../queries/list-exam-plans.js';

@ApiTags('exam-plans')
@Controller('exam-plans')
export class ExamPlansController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  @Operation({
    name: 'enrollment.draft-exam-plan',
    summary: '起草考核计划并商评价机构',
    permission: 'plans:prepare',
    writes: true,
    refusals: ['plan-withdrawn', 'plan-closed', 'dates-order', 'dates-nonsense', 'not-evaluation-institution'],
  })
  @ApiCreatedResponse({ type: PlanReceipt })
  draft(@Body() content: ExamPlanContent) {
    return this.commands.execute(new DraftExamPlan(content));
  }

  @Put(':id')
  @Operation({
    name: 'enrollment.amend-exam-plan',
    summary: '修改考核计划，重新商评价机构',
    permission: 'plans:prepare',
    writes: true,
    amends: true,
    status: 200,
    refusals: [
      'already-filed',
      'plan-withdrawn',
      'plan-closed',
      'dates-order',
      'dates-nonsense',
      'not-evaluation-institution',
    ],
  })
  @ApiOkResponse({ type: PlanReceipt })
  amend(@Param('id', Id) id: string, @Body() content: ExamPlanContent) {
    return this.commands.execute(new AmendExamPlan(id, content));
  }

  @Post(':id/file')
  @Operation({
    name: 'enrollment.file-exam-plan',
    summary: '备案考核计划',
    permission: 'plans:file',
    writes: true,
    refusals: [
      'already-filed',
      'plan-withdrawn',
      'plan-closed',
      'same-person',
      'consent-missing',
      'training-evaluation-not-separated',
      'plan-not-filed',
      'subject-differs',
      ...Object.keys(coverReasons),
    ],
  })
  @ApiCreatedResponse({ type: FiledExamPlanReceipt })
  file(@Param('id', Id) id: string, @Body() { version }: WhichVersion) {
    return this.commands.execute(new FileExamPlan(id, version));
  }

  @Post(':id/withdraw')
  @Operation({
    name: 'enrollment.withdraw-exam-plan',
    summary: '撤回考核计划',
    permission: 'plans:file',
    writes: true,
    refusals: ['plan-withdrawn', 'plan-closed', 'plan-has-sessions'],
  })
  @ApiCreatedResponse({ type: EndedPlan })
  withdraw(@Param('id', Id) id: string, @Body() { reason }: EndingReason) {
    return this.commands.execute(new WithdrawExamPlan(id, reason));
  }

  @Post(':id/close')
  @Operation({
    name: 'enrollment.close-exam-plan',
    summary: '结束考核计划',
    permission: 'plans:file',
    writes: true,
    refusals: ['plan-not-filed', 'plan-withdrawn', 'plan-closed'],
  })
  @ApiCreatedResponse({ type: EndedPlan })
  close(@Param('id', Id) id: string) {
    return this.commands.execute(new CloseExamPlan(id));
  }

  @Get()
  @Operation({ name: 'enrollment.list-exam-plans', summary: '查询考核计划', permission: 'plans:read' })
  @ApiOkResponse({ type: ExamPlanPage })
  list(@Query() filter: ExamPlanFilter) {
    return this.queries.execute(new ListExamPlans(filter));
  }

  @Get(':id')
  @Operation({ name: 'enrollment.find-exam-plan', summary: '查看考核计划与回执', permission: 'plans:read' })
  @ApiOkResponse({ type: WholeExamPlan })
  find(@Param('id', Id) id: string) {
    return this.queries.execute(new FindExamPlan(id));
  }

  @Get(':id/versions')
  @Operation({
    name: 'enrollment.list-exam-plan-versions',
    summary: '查看考核计划的历次版本与变更',
    permission: 'plans:read',
  })
  @ApiOkResponse({ type: PlanHistory })
  versions(@Param('id', Id) id: string) {
    return this.queries.execute(new ListPlanVersions(id, 'exam'));
  }
}
