import { Body, Controller, Get, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Operation, XLSX } from '@shuzheng/platform';
import { cellReasons, rosterTemplate, workbookReasons, writeWorkbook } from '@shuzheng/workbooks';
import { WithdrawalsInput, WithdrawalsReceipt, WithdrawEnrolments } from '../commands/withdraw-enrolments.js';
import { EnrollLearners, EnrolmentReceipt, LearnersInput } from '../commands/enroll-learners.js';
import { ActivationCodeList, RevealActivationCodes } from '../commands/reveal-activation-codes.js';
import { RosterReceipt, UploadRoster } from '../commands/upload-roster.js';
import { RosterReader } from '../data/roster-reader.js';
import { rowReasons } from '../domain/row-reasons.js';
import { EnrolmentFilter, EnrolmentPage, ListEnrolments } from '../queries/list-enrolments.js';

const rowRefusals = [
  'class-not-enrolling',
  'late-entry-closed',
  'late-entry-reason-missing',
  'class-full',
  'roster-rows-wrong',
  ...Object.keys(rowReasons),
];
const EMPTY_ROWS = 100;

@ApiTags('rosters')
@Controller()
export class RostersController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
    private readonly reader: RosterReader,
  ) {}

  @Post('classes/:id/enrolments')
  @Operation({
    name: 'enrollment.enroll-learners',
    summary: '录入学员：全部录入，或逐行说明原因后一个也不录入',
    permission: 'roster:manage',
    writes: true,
    refusals: rowRefusals,
  })
  @ApiCreatedResponse({ type: EnrolmentReceipt })
  enroll(@Param('id', Id) id: string, @Body() { learners, lateReason }: LearnersInput) {
    return this.commands.execute(new EnrollLearners(id, learners, lateReason));
  }

  @Post('classes/:id/rosters')
  @Operation({
    name: 'enrollment.upload-roster',
    summary: '上传学员名单（.xlsx）',
    permission: 'roster:manage',
    writes: true,
    refusals: [...rowRefusals, ...Object.keys({ ...workbookReasons, ...cellReasons })],
  })
  @ApiConsumes(XLSX)
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiCreatedResponse({ type: RosterReceipt })
  async upload(@Param('id', Id) id: string, @Body() bytes: Buffer) {
    const learners = await this.reader.read(bytes);
    return this.commands.execute(new UploadRoster(id, bytes, learners));
  }

  @Get('classes/:id/enrolments')
  @Operation({ name: 'enrollment.list-enrolments', summary: '查询学员名单', permission: 'roster:read' })
  @ApiOkResponse({ type: EnrolmentPage })
  list(@Param('id', Id) id: string, @Query() filter: EnrolmentFilter) {
    return this.queries.execute(new ListEnrolments(id, filter));
  }

  @Post('classes/:id/withdrawals')
  @Operation({
    name: 'enrollment.withdraw-enrolments',
    summary: '批量退班，逐项答复',
    permission: 'roster:manage',
    writes: true,
  })
  @ApiCreatedResponse({ type: WithdrawalsReceipt })
  withdraw(@Param('id', Id) id: string, @Body() { withdrawals }: WithdrawalsInput) {
    return this.commands.execute(new WithdrawEnrolments(id, withdrawals));
  }

  @Post('classes/:id/activation-codes')
  @Operation({
    name: 'enrollment.reveal-activation-codes',
    summary: '取得学员激活码',
    permission: 'roster:manage',
    writes: true,
    repeatable: true,
  })
  @ApiCreatedResponse({ type: ActivationCodeList })
  activate(@Param('id', Id) id: string) {
    return this.commands.execute(new RevealActivationCodes(id));
  }

  @Get('roster-template.xlsx')
  @Operation({ name: 'enrollment.download-roster-template', summary: '下载学员名单模板', permission: 'public' })
  @ApiProduces(XLSX)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async template() {
    const bytes = await writeWorkbook(rosterTemplate, [], { emptyRows: EMPTY_ROWS });
    return new StreamableFile(bytes, { type: XLSX, disposition: 'attachment; filename="roster-template.xlsx"' });
  }
}
