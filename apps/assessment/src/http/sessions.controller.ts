import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, coverReasons, Id, Operation } from '@shuzheng/platform';
import { AnswerReturned, ReturnAnswers } from '../commands/answer-returned.js';
import { CancelReason, CancelReceipt, CancelSession } from '../commands/cancel-session.js';
import { CloseExam, ExamReceipt } from '../commands/close-exam.js';
import { FileResultReport, ReportReceipt, ResultReportContent } from '../commands/file-result-report.js';
import { OpenSession, SessionReceipt } from '../commands/open-session.js';
import { QualificationDecisions, QualificationReceipt, QualifyCandidates } from '../commands/qualify-candidates.js';
import { RescheduleReceipt, RescheduleSession, SessionSetting } from '../commands/reschedule-session.js';
import { ApplicationFilter, ApplicationPage, ListApplications } from '../queries/list-applications.js';
import { ListOpenSessions, OpenSessionFilter, OpenSessionPage } from '../queries/list-open-sessions.js';
import { ListReturned, ReturnedFilter, ReturnedPage } from '../queries/list-returned.js';
import { ReturnedAnswer, returnedAnswer } from './returned-answer.js';
import { FindSession, ListSessions, SessionDetail, SessionFilter, SessionPage } from '../queries/list-sessions.js';

const setting = ['outside-plan-dates', 'site-unknown', 'site-not-open', 'site-full', ...Object.keys(coverReasons)];

@ApiTags('sessions')
@Controller('sessions')
export class SessionsController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  @Operation({
    name: 'assessment.open-session',
    summary: '开设考核批次并开放申报',
    permission: 'sessions:manage',
    writes: true,
    refusals: ['plan-not-filed', 'plan-withdrawn', 'opens-too-late', ...setting],
  })
  @ApiCreatedResponse({ type: SessionReceipt })
  open(@Body() command: OpenSession) {
    return this.commands.execute(command);
  }

  @Get()
  @Operation({ name: 'assessment.list-sessions', summary: '查询考核批次', permission: 'sessions:read' })
  @ApiOkResponse({ type: SessionPage })
  list(@Query() filter: SessionFilter) {
    return this.queries.execute(new ListSessions(filter));
  }

  @Get('open')
  @Operation({
    name: 'assessment.list-open-sessions',
    summary: '我可以申报的考核批次',
    permission: 'applications:apply',
  })
  @ApiOkResponse({ type: OpenSessionPage })
  listOpen(@Query() filter: OpenSessionFilter) {
    return this.queries.execute(new ListOpenSessions(filter));
  }

  @Get(':id')
  @Operation({ name: 'assessment.find-session', summary: '查看考核批次', permission: 'sessions:read' })
  @ApiOkResponse({ type: SessionDetail })
  find(@Param('id', Id) id: string) {
    return this.queries.execute(new FindSession(id));
  }

  @Put(':id')
  @Operation({
    name: 'assessment.reschedule-session',
    summary: '考前变更日期、地点或名额',
    permission: 'sessions:manage',
    writes: true,
    amends: true,
    status: 200,
    refusals: ['session-not-open', 'exam-begun', 'exam-in-past', 'seats-below-taken', ...setting],
  })
  @ApiOkResponse({ type: RescheduleReceipt })
  reschedule(@Param('id', Id) id: string, @Body() body: SessionSetting) {
    return this.commands.execute(new RescheduleSession(id, body));
  }

  @Post(':id/cancel')
  @Operation({
    name: 'assessment.cancel-session',
    summary: '考前取消批次，申报一并撤回',
    permission: 'sessions:manage',
    writes: true,
    refusals: ['session-cancelled', 'session-not-open'],
  })
  @ApiCreatedResponse({ type: CancelReceipt })
  cancel(@Param('id', Id) id: string, @Body() { reason }: CancelReason) {
    return this.commands.execute(new CancelSession(id, reason));
  }

  @Get(':id/applications')
  @Operation({ name: 'assessment.list-applications', summary: '查询批次的申报', permission: 'sessions:read' })
  @ApiOkResponse({ type: ApplicationPage })
  listApplications(@Param('id', Id) id: string, @Query() filter: ApplicationFilter) {
    return this.queries.execute(new ListApplications(id, filter));
  }

  @Post(':id/qualify')
  @Operation({
    name: 'assessment.qualify-candidates',
    summary: '资格确认',
    permission: 'qualification:decide',
    writes: true,
    refusals: ['session-not-open', 'decisions-wrong'],
  })
  @ApiCreatedResponse({ type: QualificationReceipt })
  qualify(@Param('id', Id) id: string, @Body() { decisions }: QualificationDecisions) {
    return this.commands.execute(new QualifyCandidates(id, decisions));
  }

  @Post(':id/close-exam')
  @Operation({
    name: 'assessment.close-exam',
    summary: '考核结束',
    permission: 'sessions:manage',
    writes: true,
    refusals: ['session-not-open', 'exam-in-future', 'qualification-undecided'],
  })
  @ApiCreatedResponse({ type: ExamReceipt })
  close(@Param('id', Id) id: string) {
    return this.commands.execute(new CloseExam(id));
  }

  @Post(':id/result-report')
  @Operation({
    name: 'assessment.file-result-report',
    summary: '报送证书数据和考核有关情况',
    permission: 'result-report:file',
    writes: true,
    refusals: [
      'already-reported',
      'results-not-released',
      'results-missing',
      'results-held',
      'certificate-number-repeated',
      'result-unknown',
    ],
  })
  @ApiCreatedResponse({ type: ReportReceipt })
  report(@Param('id', Id) id: string, @Body() content: ResultReportContent) {
    return this.commands.execute(new FileResultReport(id, content));
  }

  @Get(':id/returned')
  @Operation({ name: 'assessment.list-returned', summary: '省厅退回的数据', permission: 'results:read' })
  @ApiOkResponse({ type: ReturnedPage })
  listReturned(@Param('id', Id) id: string, @Query() filter: ReturnedFilter) {
    return this.queries.execute(new ListReturned(id, filter));
  }

  @Post(':id/returned')
  @Operation({
    name: 'assessment.answer-returned',
    summary: '逐条说明退回数据如何更正，或不再报送',
    permission: 'results:record',
    writes: true,
  })
  @ApiCreatedResponse({ type: ReturnedAnswer })
  async answerReturned(@Param('id', Id) id: string, @Body() { answers }: ReturnAnswers) {
    return returnedAnswer(answers, await this.commands.execute(new AnswerReturned(id, answers)));
  }
}
