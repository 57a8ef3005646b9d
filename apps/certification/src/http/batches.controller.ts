import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Operation } from '@shuzheng/platform';
import { DecideRows, Decisions, DecisionsReceipt } from '../commands/decide-rows.js';
import { IssueCertificates, IssueOrder, IssueReceipt } from '../commands/issue-certificates.js';
import { Proposals, ProposalsReceipt, ProposeRows } from '../commands/propose-rows.js';
import { PackageReceipt, SendPackage } from '../commands/send-package.js';
import { BatchDetail, FindBatch } from '../queries/find-batch.js';
import { BatchFilter, BatchPage, ListBatches } from '../queries/list-batches.js';
import { BatchRowFilter, BatchRowPage, ListBatchRows } from '../queries/list-batch-rows.js';

const judging = ['row-unknown', 'row-repeated', 'row-decided', 'part-incomplete', 'reason-missing', 'reason-unknown'];

@ApiTags('batches')
@Controller('batches')
export class BatchesController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @Operation({ name: 'certification.list-batches', summary: '证书数据批次与确认时限', permission: 'batches:read' })
  @ApiOkResponse({ type: BatchPage })
  list(@Query() filter: BatchFilter) {
    return this.queries.execute(new ListBatches(filter));
  }

  @Get(':id')
  @Operation({ name: 'certification.find-batch', summary: '一个批次及其各部分', permission: 'batches:read' })
  @ApiOkResponse({ type: BatchDetail })
  find(@Param('id', Id) id: string) {
    return this.queries.execute(new FindBatch(id));
  }

  @Get(':id/rows')
  @Operation({ name: 'certification.list-batch-rows', summary: '批次的各行', permission: 'batches:read' })
  @ApiOkResponse({ type: BatchRowPage })
  rows(@Param('id', Id) id: string, @Query() filter: BatchRowFilter) {
    return this.queries.execute(new ListBatchRows(id, filter));
  }

  @Post(':id/proposals')
  @Operation({
    name: 'certification.propose-rows',
    summary: '经办人提出确认或退回意见',
    permission: 'batches:propose',
    writes: true,
    refusals: ['nothing-to-propose', ...judging, 'officer-attached'],
  })
  @ApiCreatedResponse({ type: ProposalsReceipt })
  propose(@Param('id', Id) id: string, @Body() proposals: Proposals) {
    return this.commands.execute(new ProposeRows(id, proposals));
  }

  @Post(':id/decisions')
  @Operation({
    name: 'certification.decide-rows',
    summary: '确认或退回证书数据',
    permission: 'batches:confirm',
    writes: true,
    refusals: [
      'nothing-proposed',
      ...judging,
      'not-proposed',
      'result-held',
      'signal-open',
      'officer-attached',
      'same-person',
    ],
  })
  @ApiCreatedResponse({ type: DecisionsReceipt })
  decide(@Param('id', Id) id: string, @Body() decisions: Decisions) {
    return this.commands.execute(new DecideRows(id, decisions));
  }

  @Post(':id/packages')
  @Operation({
    name: 'certification.send-package',
    summary: '已确认的证书数据上报国家办公室',
    permission: 'packages:send',
    writes: true,
    refusals: ['nothing-confirmed'],
  })
  @ApiCreatedResponse({ type: PackageReceipt })
  send(@Param('id', Id) id: string) {
    return this.commands.execute(new SendPackage(id));
  }

  @Post(':id/issue')
  @Operation({
    name: 'certification.issue-certificates',
    summary: '颁发专业技术等级证书',
    permission: 'certificates:issue',
    writes: true,
    refusals: [
      'not-national-approved',
      'nothing-approved',
      'national-return-open',
      'row-unknown',
      'row-repeated',
      'award-before-approval',
      'award-in-future',
      'certificate-exists',
      'certificate-number-taken',
    ],
  })
  @ApiCreatedResponse({ type: IssueReceipt })
  issue(@Param('id', Id) id: string, @Body() order: IssueOrder) {
    return this.commands.execute(new IssueCertificates(id, order));
  }
}
