import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Operation } from '@shuzheng/platform';
import { VoidNumber, VoidOrder, VoidReceipt } from '../commands/void-number.js';
import { LedgerFilter, LedgerPage, ListLedger } from '../queries/list-ledger.js';
import { SeriesFilter, SeriesPage, SumLedger } from '../queries/sum-ledger.js';

@ApiTags('ledger')
@Controller('ledger')
export class LedgerController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @Operation({ name: 'certification.list-ledger', summary: '登记号台账', permission: 'certificates:read' })
  @ApiOkResponse({ type: LedgerPage })
  list(@Query() filter: LedgerFilter) {
    return this.queries.execute(new ListLedger(filter));
  }

  @Get('series')
  @Operation({
    name: 'certification.sum-ledger',
    summary: '各序列登记号的去向合计',
    permission: ['packages:send', 'certificates:approve'],
  })
  @ApiOkResponse({ type: SeriesPage })
  sums(@Query() filter: SeriesFilter) {
    return this.queries.execute(new SumLedger(filter));
  }

  @Post(':id/void')
  @Operation({
    name: 'certification.void-number',
    summary: '作废已分配而未使用的登记号',
    permission: 'certificates:approve',
    writes: true,
    refusals: ['number-used', 'number-void'],
  })
  @ApiCreatedResponse({ type: VoidReceipt })
  void(@Param('id', Id) id: string, @Body() order: VoidOrder) {
    return this.commands.execute(new VoidNumber(id, order));
  }
}
