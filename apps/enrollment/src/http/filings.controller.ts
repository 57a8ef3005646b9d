import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Operation } from '@shuzheng/platform';
import { GiveReceipt, ReceiptGiven, WhichFiling } from '../commands/give-receipt.js';
import { FindReceipt, ReceiptView } from '../queries/find-receipt.js';
import { FilingFilter, FilingPage, ListFilings } from '../queries/list-filings.js';

@ApiTags('filings')
@Controller()
export class FilingsController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
  ) {}

  @Get('filings')
  @Operation({ name: 'enrollment.list-filings', summary: '查询待出具回执的备案', permission: 'filings:receive' })
  @ApiOkResponse({ type: FilingPage })
  list(@Query() filter: FilingFilter) {
    return this.queries.execute(new ListFilings(filter));
  }

  @Post('filings/:id/receipts')
  @Operation({
    name: 'enrollment.give-receipt',
    summary: '出具备案回执',
    permission: 'filings:receive',
    writes: true,
    refusals: ['already-received'],
  })
  @ApiCreatedResponse({ type: ReceiptGiven })
  receive(@Param('id', Id) planId: string, @Body() filing: WhichFiling) {
    return this.commands.execute(new GiveReceipt(planId, filing));
  }

  @Get('receipts/:id')
  @Operation({ name: 'enrollment.find-receipt', summary: '查看备案回执', permission: 'plans:read' })
  @ApiOkResponse({ type: ReceiptView })
  find(@Param('id', Id) id: string) {
    return this.queries.execute(new FindReceipt(id));
  }
}
