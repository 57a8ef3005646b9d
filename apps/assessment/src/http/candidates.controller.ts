import { Body, Controller, Get, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Operation, XLSX } from '@shuzheng/platform';
import { InvitationReceipt, Invitations, InviteLearners } from '../commands/invite-learners.js';
import { LiftDishonesty, LiftReason, LiftReceipt } from '../commands/lift-dishonesty.js';
import { DishonestyReceipt, RecordDishonesty } from '../commands/record-dishonesty.js';
import { SeatCandidates, Seating, SeatingReceipt } from '../commands/seat-candidates.js';
import { AdmissionSlip, FindAdmissionSlip } from '../queries/find-admission-slip.js';
import { DishonestyFilter, DishonestyPage, ListDishonesty } from '../queries/list-dishonesty.js';
import { InvitationFilter, InvitationPage, ListInvitations } from '../queries/list-invitations.js';
import {
  CountPipeline,
  ListPipeline,
  PipelineCountFilter,
  PipelineCounts,
  PipelineFilter,
  PipelinePage,
} from '../queries/list-pipeline.js';
import { ListSeats, SeatFilter, SeatPage } from '../queries/list-seats.js';
import { WriteSeating } from '../queries/write-seating.js';

@ApiTags('candidates')
@Controller()
export class CandidatesController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
  ) {}

  @Get('pipeline')
  @Operation({ name: 'assessment.list-pipeline', summary: '查询待考人员', permission: 'sessions:read' })
  @ApiOkResponse({ type: PipelinePage })
  pipeline(@Query() filter: PipelineFilter) {
    return this.queries.execute(new ListPipeline(filter));
  }

  @Get('pipeline/counts')
  @Operation({
    name: 'assessment.count-pipeline',
    summary: '按培训班和预计考核日统计待考人员',
    permission: 'sessions:read',
  })
  @ApiOkResponse({ type: PipelineCounts })
  pipelineCounts(@Query() filter: PipelineCountFilter) {
    return this.queries.execute(new CountPipeline(filter));
  }

  @Post('sessions/:id/invitations')
  @Operation({
    name: 'assessment.invite-learners',
    summary: '邀请学员申报',
    permission: 'sessions:manage',
    writes: true,
    refusals: ['session-not-open', 'invitation-day-wrong', 'nobody-to-invite'],
  })
  @ApiCreatedResponse({ type: InvitationReceipt })
  invite(@Param('id', Id) id: string, @Body() invitations: Invitations) {
    return this.commands.execute(new InviteLearners(id, invitations));
  }

  @Get('sessions/:id/invitations')
  @Operation({ name: 'assessment.list-invitations', summary: '查询邀请名单', permission: 'sessions:read' })
  @ApiOkResponse({ type: InvitationPage })
  listInvitations(@Param('id', Id) id: string, @Query() filter: InvitationFilter) {
    return this.queries.execute(new ListInvitations(id, filter));
  }

  @Post('sessions/:id/seating')
  @Operation({
    name: 'assessment.seat-candidates',
    summary: '编排座位',
    permission: 'sessions:manage',
    writes: true,
    refusals: ['session-not-open', 'qualification-undecided', 'nobody-to-seat', 'room-repeated', 'seats-too-few'],
  })
  @ApiCreatedResponse({ type: SeatingReceipt })
  seat(@Param('id', Id) id: string, @Body() seating: Seating) {
    return this.commands.execute(new SeatCandidates(id, seating));
  }

  @Get('sessions/:id/seating')
  @Operation({ name: 'assessment.list-seats', summary: '查询座位', permission: 'sessions:read' })
  @ApiOkResponse({ type: SeatPage })
  listSeats(@Param('id', Id) id: string, @Query() filter: SeatFilter) {
    return this.queries.execute(new ListSeats(id, filter));
  }

  @Get('sessions/:id/admission-list.xlsx')
  @Operation({ name: 'assessment.write-seating', summary: '下载考生名单', permission: 'sessions:manage' })
  @ApiProduces(XLSX)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async admissionList(@Param('id', Id) id: string) {
    const bytes = await this.queries.execute(new WriteSeating(id));
    return new StreamableFile(bytes, { type: XLSX, disposition: 'attachment; filename="admission-list.xlsx"' });
  }

  @Get('applications/:id/slip')
  @Operation({ name: 'assessment.find-admission-slip', summary: '本人的准考证', permission: 'applications:apply' })
  @ApiOkResponse({ type: AdmissionSlip })
  slip(@Param('id', Id) id: string) {
    return this.queries.execute(new FindAdmissionSlip(id));
  }

  @Post('dishonesty')
  @Operation({
    name: 'assessment.record-dishonesty',
    summary: '列入失信名单',
    permission: 'dishonesty:manage',
    writes: true,
    refusals: ['document-number-wrong', 'dates-order', 'already-listed'],
  })
  @ApiCreatedResponse({ type: DishonestyReceipt })
  list(@Body() command: RecordDishonesty) {
    return this.commands.execute(command);
  }

  @Get('dishonesty')
  @Operation({ name: 'assessment.list-dishonesty', summary: '查询失信名单', permission: 'dishonesty:manage' })
  @ApiOkResponse({ type: DishonestyPage })
  listDishonesty(@Query() filter: DishonestyFilter) {
    return this.queries.execute(new ListDishonesty(filter));
  }

  @Post('dishonesty/:id/lift')
  @Operation({
    name: 'assessment.lift-dishonesty',
    summary: '解除失信记录',
    permission: 'dishonesty:manage',
    writes: true,
    refusals: ['already-lifted'],
  })
  @ApiCreatedResponse({ type: LiftReceipt })
  lift(@Param('id', Id) id: string, @Body() { reason }: LiftReason) {
    return this.commands.execute(new LiftDishonesty(id, reason));
  }
}
