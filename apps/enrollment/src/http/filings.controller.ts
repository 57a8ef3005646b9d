import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Operation } from '@shuzheng/platform';
import { FilingReturnedReceipt, ReturnFiling, ReturnInput } from '../commands/return-filing.js';
import { filingSections, FilingSections } from '../data/plan-changes.js';
import { CompareFilings, FilingChanges, WhoseReturn } from '../queries/compare-filings.js';
import { FindFiling, WholeFiling } from '../queries/find-filing.js';
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
  @Operation({ name: 'enrollment.list-filings', summary: '查询备案及其回执、退回情况', permission: 'plans:read' })
  @ApiOkResponse({ type: FilingPage })
  list(@Query() filter: FilingFilter) {
    return this.queries.execute(new ListFilings(filter));
  }

  @Post('filings/:planId/receipts')
  @Operation({
    name: 'enrollment.give-receipt',
    summary: '出具备案回执',
    permission: 'filings:receive',
    writes: true,
    refusals: ['plan-withdrawn', 'already-received', 'already-returned'],
  })
  @ApiCreatedResponse({ type: ReceiptGiven })
  receive(@Param('planId', Id) planId: string, @Body() filing: WhichFiling) {
    return this.commands.execute(new GiveReceipt(planId, filing));
  }

  @Post('filings/:planId/returns')
  @Operation({
    name: 'enrollment.return-filing',
    summary: '退回补正',
    permission: 'filings:receive',
    writes: true,
    refusals: [
      'plan-withdrawn',
      'plan-closed',
      'already-received',
      'already-returned',
      'filing-superseded',
      'section-repeated',
      'section-not-of-kind',
    ],
  })
  @ApiCreatedResponse({ type: FilingReturnedReceipt })
  returnForCorrection(@Param('planId', Id) planId: string, @Body() input: ReturnInput) {
    return this.commands.execute(new ReturnFiling(planId, input));
  }

  @Get('filings/:planId')
  @Operation({ name: 'enrollment.find-filing', summary: '查看最近一次备案', permission: 'plans:read' })
  @ApiOkResponse({ type: WholeFiling })
  findFiling(@Param('planId', Id) planId: string) {
    return this.queries.execute(new FindFiling(planId));
  }

  @Get('filings/:planId/changes')
  @Operation({ name: 'enrollment.compare-filings', summary: '查看退回之后的变更', permission: 'plans:read' })
  @ApiOkResponse({ type: FilingChanges })
  changes(@Param('planId', Id) planId: string, @Query() { recipient }: WhoseReturn) {
    return this.queries.execute(new CompareFilings(planId, recipient));
  }

  @Get('filing-sections')
  @Operation({ name: 'enrollment.list-filing-sections', summary: '查询备案的各个部分', permission: 'plans:read' })
  @ApiOkResponse({ type: FilingSections })
  sections(): FilingSections {
    return { sections: filingSections() };
  }

  @Get('receipts/:id')
  @Operation({ name: 'enrollment.find-receipt', summary: '查看备案回执', permission: 'plans:read' })
  @ApiOkResponse({ type: ReceiptView })
  find(@Param('id', Id) id: string) {
    return this.queries.execute(new FindReceipt(id));
  }
}
