import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, coverReasons, Id, Operation } from '@shuzheng/platform';
import { AmendTrainingPlan } from '../commands/amend-training-plan.js';
import { CloseTrainingPlan } from '../commands/close-training-plan.js';
import { DraftTrainingPlan } from '../commands/draft-training-plan.js';
import { FiledPlanReceipt, FileTrainingPlan } from '../commands/file-training-plan.js';
import { WithdrawTrainingPlan } from '../commands/withdraw-training-plan.js';
import { EndedPlan, EndingReason } from '../data/plan-endings.js';
import { PlanReceipt, TrainingPlanContent, WhichVersion } from '../data/plan-content.js';
import { ListPlanVersions, PlanHistory } from '../queries/list-plan-versions.js';
import { FindTrainingPlan, WholeTrainingPlan } from '../queries/find-training-plan.js';
import { ListTrainingPlans, TrainingPlanFilter, TrainingPlanPage } from '../queries/list-training-plans.js';

@ApiTags('training-plans')
@Controller('training-plans')
export class TrainingPlansController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  @Operation({
    name: 'enrollment.draft-training-plan',
    summary: '起草培训计划',
    permission: 'plans:prepare',
    writes: true,
    refusals: ['dates-order', 'dates-nonsense'],
  })
  @ApiCreatedResponse({ type: PlanReceipt })
  draft(@Body() content: TrainingPlanContent) {
    return this.commands.execute(new DraftTrainingPlan(content));
  }

  @Put(':id')
  @Operation({
    name: 'enrollment.amend-training-plan',
    summary: '修改培训计划，形成新版本',
    permission: 'plans:prepare',
    writes: true,
    amends: true,
    status: 200,
    refusals: ['plan-withdrawn', 'plan-closed', 'dates-order', 'dates-nonsense'],
  })
  @ApiOkResponse({ type: PlanReceipt })
  amend(@Param('id', Id) id: string, @Body() content: TrainingPlanContent) {
    return this.commands.execute(new AmendTrainingPlan(id, content));
  }

  @Post(':id/file')
  @Operation({
    name: 'enrollment.file-training-plan',
    summary: '备案培训计划',
    permission: 'plans:file',
    writes: true,
    refusals: [
      'already-filed',
      'plan-withdrawn',
      'plan-closed',
      'same-person',
      'subject-unknown',
      'venue-outside-province',
      'direction-missing',
      'direction-unknown',
      'amendment-contradicts-classes',
      ...Object.keys(coverReasons),
    ],
  })
  @ApiCreatedResponse({ type: FiledPlanReceipt })
  file(@Param('id', Id) id: string, @Body() { version }: WhichVersion) {
    return this.commands.execute(new FileTrainingPlan(id, version));
  }

  @Post(':id/withdraw')
  @Operation({
    name: 'enrollment.withdraw-training-plan',
    summary: '撤回培训计划',
    permission: 'plans:file',
    writes: true,
    refusals: ['plan-not-filed', 'plan-withdrawn', 'plan-closed', 'plan-has-classes', 'plan-has-exam-plans'],
  })
  @ApiCreatedResponse({ type: EndedPlan })
  withdraw(@Param('id', Id) id: string, @Body() { reason }: EndingReason) {
    return this.commands.execute(new WithdrawTrainingPlan(id, reason));
  }

  @Post(':id/close')
  @Operation({
    name: 'enrollment.close-training-plan',
    summary: '结束培训计划',
    permission: 'plans:file',
    writes: true,
    refusals: ['plan-not-filed', 'plan-withdrawn', 'plan-closed', 'plan-has-open-classes', 'plan-has-exam-plans'],
  })
  @ApiCreatedResponse({ type: EndedPlan })
  close(@Param('id', Id) id: string) {
    return this.commands.execute(new CloseTrainingPlan(id));
  }

  @Get()
  @Operation({ name: 'enrollment.list-training-plans', summary: '查询培训计划', permission: 'plans:read' })
  @ApiOkResponse({ type: TrainingPlanPage })
  list(@Query() filter: TrainingPlanFilter) {
    return this.queries.execute(new ListTrainingPlans(filter));
  }

  @Get(':id')
  @Operation({ name: 'enrollment.find-training-plan', summary: '查看培训计划与回执', permission: 'plans:read' })
  @ApiOkResponse({ type: WholeTrainingPlan })
  find(@Param('id', Id) id: string) {
    return this.queries.execute(new FindTrainingPlan(id));
  }

  @Get(':id/versions')
  @Operation({
    name: 'enrollment.list-training-plan-versions',
    summary: '查看培训计划的历次版本与变更',
    permission: 'plans:read',
  })
  @ApiOkResponse({ type: PlanHistory })
  versions(@Param('id', Id) id: string) {
    return this.queries.execute(new ListPlanVersions(id, 'training'));
  }
}
