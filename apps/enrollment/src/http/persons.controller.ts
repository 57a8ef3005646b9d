import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Operation } from '@shuzheng/platform';
import { ApproveMerge } from '../commands/approve-merge.js';
import { ApprovedAmendment, ApprovePersonAmendment } from '../commands/approve-person-amendment.js';
import { ConfirmationInput, ConfirmMerge } from '../commands/confirm-merge.js';
import { LookUpPerson, PersonFound } from '../commands/look-up-person.js';
import { ProposeMerge } from '../commands/propose-merge.js';
import { AmendmentReceipt, ProposePersonAmendment } from '../commands/propose-person-amendment.js';
import { PutMergeAside } from '../commands/put-merge-aside.js';
import { RefusalReason, RefusedAmendment, RefusePersonAmendment } from '../commands/refuse-person-amendment.js';
import { MergeReason, MergeReceipt } from '../data/merge-proposals.js';
import { ListMergeProposals, MergeFilter, MergePage, MergeView } from '../queries/list-merge-proposals.js';
import {
  AmendmentFilter,
  AmendmentPage,
  AmendmentView,
  ListPersonAmendments,
} from '../queries/list-person-amendments.js';

@ApiTags('persons')
@Controller('persons')
export class PersonsController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
  ) {}

  @Post('lookup')
  @Operation({
    name: 'enrollment.look-up-person',
    summary: '凭证件号码和姓名查询学员的培训班',
    permission: 'roster:read',
    writes: true,
    repeatable: true,
    status: 200,
  })
  @ApiOkResponse({ type: PersonFound })
  lookUp(@Body() command: LookUpPerson) {
    return this.commands.execute(command);
  }

  @Post('amendments')
  @Operation({
    name: 'enrollment.propose-person-amendment',
    summary: '提出人员信息变更',
    permission: 'roster:manage',
    writes: true,
    refusals: ['nothing-to-change', 'document-incomplete', 'document-kind-unknown', 'amendment-open'],
  })
  @ApiCreatedResponse({ type: AmendmentReceipt })
  propose(@Body() command: ProposePersonAmendment) {
    return this.commands.execute(command);
  }

  @Get('amendments')
  @Operation({ name: 'enrollment.list-person-amendments', summary: '查询人员信息变更', permission: 'roster:read' })
  @ApiOkResponse({ type: AmendmentPage })
  amendments(@Query() filter: AmendmentFilter) {
    return this.queries.execute(new ListPersonAmendments(filter));
  }

  @Get('amendments/:id')
  @Operation({ name: 'enrollment.find-person-amendment', summary: '查看人员信息变更', permission: 'roster:read' })
  @ApiOkResponse({ type: AmendmentView })
  async amendment(@Param('id', Id) id: string) {
    const { items } = await this.queries.execute(new ListPersonAmendments({ id }));
    return items[0];
  }

  @Post('amendments/:id/approve')
  @Operation({
    name: 'enrollment.approve-person-amendment',
    summary: '批准人员信息变更',
    permission: 'persons:approve',
    writes: true,
    refusals: ['amendment-decided', 'same-person', 'number-of-another'],
  })
  @ApiCreatedResponse({ type: ApprovedAmendment })
  approve(@Param('id', Id) id: string) {
    return this.commands.execute(new ApprovePersonAmendment(id));
  }

  @Post('amendments/:id/refuse')
  @Operation({
    name: 'enrollment.refuse-person-amendment',
    summary: '不同意人员信息变更',
    permission: 'persons:approve',
    writes: true,
    refusals: ['amendment-decided', 'same-person'],
  })
  @ApiCreatedResponse({ type: RefusedAmendment })
  refuse(@Param('id', Id) id: string, @Body() { reason }: RefusalReason) {
    return this.commands.execute(new RefusePersonAmendment(id, reason));
  }

  @Get('merge-proposals')
  @Operation({
    name: 'enrollment.list-merge-proposals',
    summary: '查询人员合并提议',
    permission: ['persons:merge', 'persons:approve'],
  })
  @ApiOkResponse({ type: MergePage })
  merges(@Query() filter: MergeFilter) {
    return this.queries.execute(new ListMergeProposals(filter));
  }

  @Get('merge-proposals/:id')
  @Operation({
    name: 'enrollment.find-merge-proposal',
    summary: '查看人员合并提议',
    permission: ['persons:merge', 'persons:approve'],
  })
  @ApiOkResponse({ type: MergeView })
  async merge(@Param('id', Id) id: string) {
    const { items } = await this.queries.execute(new ListMergeProposals({ id }));
    return items[0];
  }

  @Post('merge-proposals')
  @Operation({
    name: 'enrollment.propose-merge',
    summary: '提出人员合并',
    permission: 'persons:merge',
    writes: true,
    refusals: ['already-merged', 'merge-exists'],
  })
  @ApiCreatedResponse({ type: MergeReceipt })
  proposeMerge(@Body() command: ProposeMerge) {
    return this.commands.execute(command);
  }

  @Post('merge-proposals/:id/confirm')
  @Operation({
    name: 'enrollment.confirm-merge',
    summary: '确认人员合并提议',
    permission: 'persons:merge',
    writes: true,
    refusals: ['merge-confirmed', 'merge-decided', 'not-in-merge'],
  })
  @ApiCreatedResponse({ type: MergeReceipt })
  confirmMerge(@Param('id', Id) id: string, @Body() input: ConfirmationInput) {
    return this.commands.execute(new ConfirmMerge(id, input));
  }

  @Post('merge-proposals/:id/dismiss')
  @Operation({
    name: 'enrollment.dismiss-merge',
    summary: '认定不是同一人',
    permission: 'persons:merge',
    writes: true,
    refusals: ['merge-decided'],
  })
  @ApiCreatedResponse({ type: MergeReceipt })
  dismissMerge(@Param('id', Id) id: string, @Body() { reason }: MergeReason) {
    return this.commands.execute(new PutMergeAside(id, 'dismiss', reason));
  }

  @Post('merge-proposals/:id/approve')
  @Operation({
    name: 'enrollment.approve-merge',
    summary: '批准人员合并',
    permission: 'persons:approve',
    writes: true,
    refusals: ['merge-not-confirmed', 'merge-decided', 'same-person', 'already-merged', 'merge-conflicts'],
  })
  @ApiCreatedResponse({ type: MergeReceipt })
  approveMerge(@Param('id', Id) id: string) {
    return this.commands.execute(new ApproveMerge(id));
  }

  @Post('merge-proposals/:id/refuse')
  @Operation({
    name: 'enrollment.refuse-merge',
    summary: '不同意人员合并',
    permission: 'persons:approve',
    writes: true,
    refusals: ['merge-not-confirmed', 'merge-decided', 'same-person'],
  })
  @ApiCreatedResponse({ type: MergeReceipt })
  refuseMerge(@Param('id', Id) id: string, @Body() { reason }: MergeReason) {
    return this.commands.execute(new PutMergeAside(id, 'refuse', reason));
  }
}
