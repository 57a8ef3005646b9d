import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, coverReasons, Id, Operation } from '@shuzheng/platform';
import { AnswerExamPlan, AnswerReceipt, ExamPlanAnswer } from '../commands/answer-exam-plan.js';
import { ExamPlanFilter, ExamPlanPage, ExamPlanView, FindExamPlan, ListExamPlans } from '../queries/list-exam-plans.js';

@ApiTags('exam-plans')
@Controller('exam-plans')
export class ExamPlansController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @Operation({ name: 'assessment.list-exam-plans', summary: '查询发给本机构的考核计划', permission: 'sessions:read' })
  @ApiOkResponse({ type: ExamPlanPage })
  list(@Query() filter: ExamPlanFilter) {
    return this.queries.execute(new ListExamPlans(filter));
  }

  @Get(':id')
  @Operation({ name: 'assessment.find-exam-plan', summary: '查看考核计划', permission: 'sessions:read' })
  @ApiOkResponse({ type: ExamPlanView })
  find(@Param('id', Id) id: string) {
    return this.queries.execute(new FindExamPlan(id));
  }

  @Post(':id/answer')
  @Operation({
    name: 'assessment.answer-exam-plan',
    summary: '答复考核计划：同意或说明理由',
    permission: 'exam-plans:consent',
    writes: true,
    refusals: ['exam-plan-answered', 'plan-withdrawn', 'reason-missing', ...Object.keys(coverReasons)],
  })
  @ApiCreatedResponse({ type: AnswerReceipt })
  answer(@Param('id', Id) id: string, @Body() answer: ExamPlanAnswer) {
    return this.commands.execute(new AnswerExamPlan(id, answer));
  }
}
