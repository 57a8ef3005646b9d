import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Operation } from '@shuzheng/platform';
import { ApproveCorrection, CorrectionReceipt } from '../commands/approve-correction.js';
import { ApproveRevocation, RevocationReceipt } from '../commands/approve-revocation.js';
import { AmendmentFilter, CorrectionPage, ListCorrections } from '../queries/list-corrections.js';
import { ListRevocations, RevocationFilter, RevocationPage } from '../queries/list-revocations.js';

@ApiTags('certificates')
@Controller()
export class AmendmentsController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
  ) {}

  @Get('corrections')
  @Operation({ name: 'certification.list-corrections', summary: '更正申请', permission: 'certificates:read' })
  @ApiOkResponse({ type: CorrectionPage })
  corrections(@Query() filter: AmendmentFilter) {
    return this.queries.execute(new ListCorrections(filter));
  }

  @Post('corrections/:id/approve')
  @Operation({
    name: 'certification.approve-correction',
    summary: '批准更正：同一登记号的新版本',
    permission: 'certificates:approve',
    writes: true,
    refusals: ['amendment-decided', 'same-person', 'certificate-revoked', 'correction-outdated'],
  })
  @ApiCreatedResponse({ type: CorrectionReceipt })
  approveCorrection(@Param('id', Id) id: string) {
    return this.commands.execute(new ApproveCorrection(id));
  }

  @Get('revocations')
  @Operation({ name: 'certification.list-revocations', summary: '撤销申请', permission: 'certificates:read' })
  @ApiOkResponse({ type: RevocationPage })
  revocations(@Query() filter: RevocationFilter) {
    return this.queries.execute(new ListRevocations(filter));
  }

  @Post('revocations/:id/approve')
  @Operation({
    name: 'certification.approve-revocation',
    summary: '批准撤销',
    permission: 'certificates:approve',
    writes: true,
    refusals: ['amendment-decided', 'same-person', 'certificate-revoked'],
  })
  @ApiCreatedResponse({ type: RevocationReceipt })
  approveRevocation(@Param('id', Id) id: string) {
    return this.commands.execute(new ApproveRevocation(id));
  }
}
