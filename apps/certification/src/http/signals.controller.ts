import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Operation } from '@shuzheng/platform';
import {
  Dismissal,
  Dismissals,
  DismissalsReceipt,
  DismissedSignal,
  DismissSignal,
  DismissSignals,
} from '../commands/dismiss-signals.js';
import { SetSignalParameters, SettingReceipt, SignalSetting } from '../commands/set-signal-parameters.js';
import { ListSignalHistory, SignalChangePage, SignalHistoryFilter } from '../queries/list-signal-history.js';
import { ListSignalRules, SignalRules, SignalRulesFilter } from '../queries/list-signal-rules.js';
import { ListSignals, SignalFilter, SignalPage } from '../queries/list-signals.js';

@ApiTags('signals')
@Controller()
export class SignalsController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
  ) {}

  @Get('batches/:id/signals')
  @Operation({
    name: 'certification.list-batch-signals',
    summary: '批次的疑点',
    permission: ['signals:dismiss', 'batches:confirm'],
  })
  @ApiOkResponse({ type: SignalPage })
  ofBatch(@Param('id', Id) batchId: string, @Query() filter: SignalFilter) {
    return this.queries.execute(new ListSignals({ batchId }, filter));
  }

  @Get('rows/:id/signals')
  @Operation({
    name: 'certification.list-row-signals',
    summary: '某一行的疑点',
    permission: ['signals:dismiss', 'batches:confirm'],
  })
  @ApiOkResponse({ type: SignalPage })
  ofRow(@Param('id', Id) rowId: string, @Query() filter: SignalFilter) {
    return this.queries.execute(new ListSignals({ rowId }, filter));
  }

  @Get('signals/:id/history')
  @Operation({
    name: 'certification.list-signal-history',
    summary: '疑点的经过',
    permission: ['signals:dismiss', 'batches:confirm'],
  })
  @ApiOkResponse({ type: SignalChangePage })
  history(@Param('id', Id) id: string, @Query() filter: SignalHistoryFilter) {
    return this.queries.execute(new ListSignalHistory(id, filter));
  }

  @Post('signals/:id/dismiss')
  @Operation({
    name: 'certification.dismiss-signal',
    summary: '核实并处理一个疑点',
    permission: 'signals:dismiss',
    writes: true,
    refusals: ['officer-attached', 'signal-not-open', 'signal-changed'],
  })
  @ApiCreatedResponse({ type: DismissedSignal })
  dismiss(@Param('id', Id) id: string, @Body() dismissal: Dismissal) {
    return this.commands.execute(new DismissSignal(id, dismissal));
  }

  @Post('batches/:id/signals/dismiss')
  @Operation({
    name: 'certification.dismiss-signals',
    summary: '逐个处理批次的疑点，逐条答复',
    permission: 'signals:dismiss',
    writes: true,
    refusals: ['officer-attached', 'signal-unknown', 'signal-repeated', 'signal-not-open', 'signal-changed'],
  })
  @ApiCreatedResponse({ type: DismissalsReceipt })
  dismissAll(@Param('id', Id) batchId: string, @Body() { items }: Dismissals) {
    return this.commands.execute(new DismissSignals(batchId, items));
  }

  @Get('signal-rules')
  @Operation({
    name: 'certification.list-signal-rules',
    summary: '疑点规则与适用的参数',
    permission: ['signals:dismiss', 'batches:confirm'],
  })
  @ApiOkResponse({ type: SignalRules })
  rules(@Query() filter: SignalRulesFilter) {
    return this.queries.execute(new ListSignalRules(filter));
  }

  @Post('signal-settings')
  @Operation({
    name: 'certification.set-signal-parameters',
    summary: '设定疑点规则的参数',
    permission: 'rules:manage',
    writes: true,
    refusals: ['setting-values', 'setting-in-past', 'setting-repeated'],
  })
  @ApiCreatedResponse({ type: SettingReceipt })
  set(@Body() setting: SignalSetting) {
    return this.commands.execute(new SetSignalParameters(setting));
  }
}
