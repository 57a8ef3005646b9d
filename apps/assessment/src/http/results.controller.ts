import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Operation } from '@shuzheng/platform';
import { VoidReason, VoidReceipt, VoidResult } from '../commands/void-result.js';
import { FindResultReport, ResultReportView } from '../queries/find-result-report.js';
import { ListMyResults, MyResultFilter, MyResultPage } from '../queries/list-my-results.js';
import { FindResult, ResultDetail } from '../queries/list-results.js';

@ApiTags('results')
@Controller()
export class ResultsController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
  ) {}

  @Get('results/mine')
  @Operation({ name: 'assessment.list-my-results', summary: '我的成绩', permission: 'applications:apply' })
  @ApiOkResponse({ type: MyResultPage })
  mine(@Query() filter: MyResultFilter) {
    return this.queries.execute(new ListMyResults(filter));
  }

  @Get('results/:id')
  @Operation({ name: 'assessment.find-result', summary: '查看成绩及其历次登记', permission: 'results:read' })
  @ApiOkResponse({ type: ResultDetail })
  find(@Param('id', Id) id: string) {
    return this.queries.execute(new FindResult(id));
  }

  @Post('results/:id/void')
  @Operation({
    name: 'assessment.void-result',
    summary: '作废已发布的成绩',
    permission: 'results:release',
    writes: true,
    refusals: ['result-not-released', 'result-void', 'already-confirmed'],
  })
  @ApiCreatedResponse({ type: VoidReceipt })
  void(@Param('id', Id) id: string, @Body() given: VoidReason) {
    return this.commands.execute(new VoidResult(id, given));
  }

  @Get('result-reports/:id')
  @Operation({ name: 'assessment.find-result-report', summary: '查看报送回执', permission: 'sessions:read' })
  @ApiOkResponse({ type: ResultReportView })
  report(@Param('id', Id) id: string) {
    return this.queries.execute(new FindResultReport(id));
  }
}
