import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  Commands,
  Evidence,
  type EvidenceType,
  GivesEvidence,
  handOut,
  Id,
  MediaType,
  Operation,
  TakesEvidence,
} from '@shuzheng/platform';
import { DecideObjection, ObjectionDecision, ObjectionDecisionReceipt } from '../commands/decide-objection.js';
import { EvidenceReceipt, KeepEvidence } from '../commands/keep-evidence.js';
import { Objection, ObjectionReceipt, RaiseObjection } from '../commands/raise-objection.js';
import { Recheck, RecheckReceipt, RecheckResult } from '../commands/recheck-result.js';
import { Patrol, PatrolReceipt, RecordPatrol } from '../commands/record-patrol.js';
import { ListObjections, ObjectionFilter, ObjectionPage } from '../queries/list-objections.js';
import { ListPatrols, PatrolFilter, PatrolPage } from '../queries/list-patrols.js';
import { EvidenceFilter, EvidencePage, ListEvidence } from '../queries/list-evidence.js';

@ApiTags('objections')
@Controller()
export class ObjectionsController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
    private readonly handedIn: Evidence,
  ) {}

  @Post('results/:id/recheck')
  @Operation({
    name: 'assessment.recheck-result',
    summary: '发布前复核成绩',
    permission: 'results:record',
    writes: true,
    refusals: ['already-released', 'result-void', 'same-recorder', 'scores-wrong'],
  })
  @ApiCreatedResponse({ type: RecheckReceipt })
  recheck(@Param('id', Id) id: string, @Body() recheck: Recheck) {
    return this.commands.execute(new RecheckResult(id, recheck));
  }

  @Post('results/:id/objections')
  @Operation({
    name: 'assessment.raise-objection',
    summary: '对本人的成绩提出异议',
    permission: 'objections:raise',
    writes: true,
    refusals: ['result-void', 'objection-open', 'objection-late'],
  })
  @ApiCreatedResponse({ type: ObjectionReceipt })
  raise(@Param('id', Id) id: string, @Body() objection: Objection) {
    return this.commands.execute(new RaiseObjection(id, objection));
  }

  @Get('objections/mine')
  @Operation({ name: 'assessment.list-my-objections', summary: '我的异议', permission: 'objections:raise' })
  @ApiOkResponse({ type: ObjectionPage })
  mine(@Query() filter: ObjectionFilter) {
    return this.queries.execute(new ListObjections(filter, true));
  }

  @Get('objections')
  @Operation({ name: 'assessment.list-objections', summary: '查询成绩异议', permission: 'results:read' })
  @ApiOkResponse({ type: ObjectionPage })
  list(@Query() filter: ObjectionFilter) {
    return this.queries.execute(new ListObjections(filter, false));
  }

  @Post('objections/:id/decide')
  @Operation({
    name: 'assessment.decide-objection',
    summary: '处理成绩异议',
    permission: 'objections:decide',
    writes: true,
    refusals: ['objection-decided', 'same-person', 'already-confirmed'],
  })
  @ApiCreatedResponse({ type: ObjectionDecisionReceipt })
  decide(@Param('id', Id) id: string, @Body() decision: ObjectionDecision) {
    return this.commands.execute(new DecideObjection(id, decision));
  }

  @Post('sessions/:id/patrols')
  @Operation({
    name: 'assessment.record-patrol',
    summary: '登记巡考情况',
    permission: 'patrols:record',
    writes: true,
    refusals: ['session-cancelled', 'patrol-in-future', 'patrol-outside-exam', 'findings-contradict'],
  })
  @ApiCreatedResponse({ type: PatrolReceipt })
  patrol(@Param('id', Id) id: string, @Body() patrol: Patrol) {
    return this.commands.execute(new RecordPatrol(id, patrol));
  }

  @Get('patrols')
  @Operation({ name: 'assessment.list-patrols', summary: '查询巡考情况', permission: 'sessions:read' })
  @ApiOkResponse({ type: PatrolPage })
  patrols(@Query() filter: PatrolFilter) {
    return this.queries.execute(new ListPatrols(filter));
  }

  @Post('results/:id/evidence')
  @Operation({
    name: 'assessment.keep-result-evidence',
    summary: '上传违纪等佐证材料',
    permission: 'results:record',
    writes: true,
    refusals: ['file-content-differs'],
  })
  @TakesEvidence()
  @ApiCreatedResponse({ type: EvidenceReceipt })
  keepForResult(@Param('id', Id) id: string, @MediaType() mediaType: EvidenceType, @Body() bytes: Buffer) {
    return this.commands.execute(new KeepEvidence({ subject: 'result', id }, mediaType, bytes));
  }

  @Post('patrols/:id/evidence')
  @Operation({
    name: 'assessment.keep-patrol-evidence',
    summary: '上传巡考佐证材料',
    permission: 'patrols:record',
    writes: true,
    refusals: ['file-content-differs'],
  })
  @TakesEvidence()
  @ApiCreatedResponse({ type: EvidenceReceipt })
  keepForPatrol(@Param('id', Id) id: string, @MediaType() mediaType: EvidenceType, @Body() bytes: Buffer) {
    return this.commands.execute(new KeepEvidence({ subject: 'patrol', id }, mediaType, bytes));
  }

  @Get('sessions/:id/evidence')
  @Operation({ name: 'assessment.list-evidence', summary: '查询批次的佐证材料', permission: 'sessions:read' })
  @ApiOkResponse({ type: EvidencePage })
  evidence(@Param('id', Id) id: string, @Query() filter: EvidenceFilter) {
    return this.queries.execute(new ListEvidence(id, filter));
  }

  @Get('evidence/:id/file')
  @Operation({ name: 'assessment.read-evidence', summary: '下载佐证材料', permission: 'sessions:read' })
  @GivesEvidence()
  async file(@Param('id', Id) id: string) {
    return handOut(await this.handedIn.read('evidence', id));
  }
}
