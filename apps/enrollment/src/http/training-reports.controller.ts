import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Operation } from '@shuzheng/platform';
import { AmendedReport, AmendmentInput, AmendTrainingReport } from '../commands/amend-training-report.js';
import { FileTrainingReport, ReportInput, ReportReceipt } from '../commands/file-training-report.js';
import { IssueTrainingCertificates, IssuingInput, IssuingReceipt } from '../commands/issue-training-certificates.js';
import { PreviewTrainingReport, ReportPreview } from '../queries/preview-training-report.js';
import { FindTrainingReport, WholeTrainingReport } from '../queries/find-training-report.js';
import { ListTrainingReports, TrainingReportFilter, TrainingReportPage } from '../queries/list-training-reports.js';

@ApiTags('training-reports')
@Controller()
export class TrainingReportsController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
  ) {}

  @Post('classes/:id/training-certificates')
  @Operation({
    name: 'enrollment.issue-training-certificates',
    summary: '颁发培训合格证书',
    permission: 'training-certificates:issue',
    writes: true,
    refusals: [
      'class-not-completed',
      'issued-before-completion',
      'issued-in-future',
      'nothing-to-issue',
      'hours-short',
      'enrolment-unknown',
      'certificate-number-repeated',
      'certificate-number-taken',
    ],
  })
  @ApiCreatedResponse({ type: IssuingReceipt })
  issue(@Param('id', Id) id: string, @Body() input: IssuingInput) {
    return this.commands.execute(new IssueTrainingCertificates(id, input));
  }

  @Post('classes/:id/training-report')
  @Operation({
    name: 'enrollment.file-training-report',
    summary: '报送学员名单和培训情况',
    permission: 'training-report:file',
    writes: true,
    refusals: ['class-not-completed', 'already-reported', 'figures-changed'],
  })
  @ApiCreatedResponse({ type: ReportReceipt })
  file(@Param('id', Id) id: string, @Body() input: ReportInput) {
    return this.commands.execute(new FileTrainingReport(id, input));
  }

  @Get('classes/:id/training-report/preview')
  @Operation({
    name: 'enrollment.preview-training-report',
    summary: '预览系统汇总的报送内容、缺项和截止日',
    permission: 'classes:read',
  })
  @ApiOkResponse({ type: ReportPreview })
  preview(@Param('id', Id) id: string) {
    return this.queries.execute(new PreviewTrainingReport(id));
  }

  @Post('training-reports/:id/amend')
  @Operation({
    name: 'enrollment.amend-training-report',
    summary: '更正已报送的内容，保留首次报送日期',
    permission: 'training-report:file',
    writes: true,
    amends: true,
    refusals: ['class-not-reported', 'figures-changed', 'figures-unchanged'],
  })
  @ApiCreatedResponse({ type: AmendedReport })
  amend(@Param('id', Id) id: string, @Body() input: AmendmentInput) {
    return this.commands.execute(new AmendTrainingReport(id, input));
  }

  @Get('training-reports')
  @Operation({ name: 'enrollment.list-training-reports', summary: '查询培训情况报送', permission: 'classes:read' })
  @ApiOkResponse({ type: TrainingReportPage })
  list(@Query() filter: TrainingReportFilter) {
    return this.queries.execute(new ListTrainingReports(filter));
  }

  @Get('training-reports/:id')
  @Operation({ name: 'enrollment.find-training-report', summary: '查看培训情况报送', permission: 'classes:read' })
  @ApiOkResponse({ type: WholeTrainingReport })
  find(@Param('id', Id) id: string) {
    return this.queries.execute(new FindTrainingReport(id));
  }
}
