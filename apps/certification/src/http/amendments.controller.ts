import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Operation } from '@shuzheng/platform';
import { ApproveCorrection, CorrectionReceipt } from '../commands/approve-correction.js';
import { ApproveReinstatement, ReinstatementReceipt } from '../commands/approve-reinstatement.js';
import { ApproveReplacement, ReplacementReceipt } from '../commands/approve-replacement.js';
import { ApproveRevocation, RevocationReceipt } from '../commands/approve-revocation.js';
import { ApproveSuspension, SuspensionReceipt } from '../commands/approve-suspension.js';
import { AmendmentClosed, RejectAmendment, Rejection } from '../commands/reject-amendment.js';
import { AmendmentWithdrawn, WithdrawAmendment } from '../commands/withdraw-amendment.js';
import { AmendmentDetail, FindAmendment } from '../queries/find-amendment.js';
import { AmendmentFilter, AmendmentPage, AmendmentsFilter, ListAmendments } from '../queries/list-amendments.js';

const approving = {
  permission: 'certificates:approve',
  writes: true,
  refusals: ['amendment-decided', 'same-person', 'officer-attached'],
};

@ApiTags('certificates')
@Controller()
export class AmendmentsController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
  ) {}

  @Get('amendments')
  @Operation({
    name: 'certification.list-amendments',
    summary: '更正、暂停、恢复、撤销、换发申请',
    permission: 'certificates:read',
  })
  @ApiOkResponse({ type: AmendmentPage })
  list(@Query() filter: AmendmentsFilter) {
    return this.queries.execute(new ListAmendments(filter));
  }

  @Get('amendments/:id')
  @Operation({ name: 'certification.find-amendment', summary: '一份申请的全部内容', permission: 'certificates:read' })
  @ApiOkResponse({ type: AmendmentDetail })
  find(@Param('id', Id) id: string) {
    return this.queries.execute(new FindAmendment(id));
  }

  @Get('corrections')
  @Operation({ name: 'certification.list-corrections', summary: '更正申请', permission: 'certificates:read' })
  @ApiOkResponse({ type: AmendmentPage })
  corrections(@Query() filter: AmendmentFilter) {
    return this.queries.execute(new ListAmendments({ ...filter, act: 'correct' }));
  }

  @Get('revocations')
  @Operation({ name: 'certification.list-revocations', summary: '撤销申请', permission: 'certificates:read' })
  @ApiOkResponse({ type: AmendmentPage })
  revocations(@Query() filter: AmendmentFilter) {
    return this.queries.execute(new ListAmendments({ ...filter, act: 'revoke' }));
  }

  @Post('amendments/:id/reject')
  @Operation({ ...approving, name: 'certification.reject-amendment', summary: '驳回申请' })
  @ApiCreatedResponse({ type: AmendmentClosed })
  reject(@Param('id', Id) id: string, @Body() rejection: Rejection) {
    return this.commands.execute(new RejectAmendment(id, rejection));
  }

  @Post('amendments/:id/withdraw')
  @Operation({
    name: 'certification.withdraw-amendment',
    summary: '申请人撤回申请',
    permission: 'certificates:amend',
    writes: true,
    refusals: ['amendment-decided', 'not-requester'],
  })
  @ApiCreatedResponse({ type: AmendmentWithdrawn })
  withdraw(@Param('id', Id) id: string) {
    return this.commands.execute(new WithdrawAmendment(id));
  }

  @Post('corrections/:id/approve')
  @Operation({ ...approving, name: 'certification.approve-correction', summary: '批准更正：同一登记号的新版本' })
  @ApiCreatedResponse({ type: CorrectionReceipt })
  approveCorrection(@Param('id', Id) id: string) {
    return this.commands.execute(new ApproveCorrection(id));
  }

  @Post('suspensions/:id/approve')
  @Operation({ ...approving, name: 'certification.approve-suspension', summary: '批准暂停' })
  @ApiCreatedResponse({ type: SuspensionReceipt })
  approveSuspension(@Param('id', Id) id: string) {
    return this.commands.execute(new ApproveSuspension(id));
  }

  @Post('reinstatements/:id/approve')
  @Operation({ ...approving, name: 'certification.approve-reinstatement', summary: '批准恢复' })
  @ApiCreatedResponse({ type: ReinstatementReceipt })
  approveReinstatement(@Param('id', Id) id: string) {
    return this.commands.execute(new ApproveReinstatement(id));
  }

  @Post('revocations/:id/approve')
  @Operation({ ...approving, name: 'certification.approve-revocation', summary: '批准撤销' })
  @ApiCreatedResponse({ type: RevocationReceipt })
  approveRevocation(@Param('id', Id) id: string) {
    return this.commands.execute(new ApproveRevocation(id));
  }

  @Post('replacements/:id/approve')
  @Operation({
    ...approving,
    name: 'certification.approve-replacement',
    summary: '批准换发：原证书撤销，新证书另有登记号',
  })
  @ApiCreatedResponse({ type: ReplacementReceipt })
  approveReplacement(@Param('id', Id) id: string) {
    return this.commands.execute(new ApproveReplacement(id));
  }
}
