import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Operation } from '@shuzheng/platform';
import { ClockSettingRequested, Extension, Pause, RequestClockSetting } from '../commands/request-clock-setting.js';
import { ClockWithStory, FindClock } from '../queries/find-clock.js';
import { ClockFilter, ClockPage, ListClocks } from '../queries/list-clocks.js';

@ApiTags('clocks')
@Controller('clocks')
export class ClocksController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @Operation({ name: 'oversight.list-clocks', summary: '查询时限', permission: 'clocks:read' })
  @ApiOkResponse({ type: ClockPage })
  list(@Query() filter: ClockFilter) {
    return this.queries.execute(new ListClocks(filter));
  }

  @Get(':id')
  @Operation({ name: 'oversight.find-clock', summary: '查看一项时限及其经过', permission: 'clocks:read' })
  @ApiOkResponse({ type: ClockWithStory })
  find(@Param('id', Id) id: string) {
    return this.queries.execute(new FindClock(id));
  }

  @Post(':id/pauses')
  @Operation({
    name: 'oversight.request-pause',
    summary: '申请暂停时限（省厅设定，非法定）',
    permission: 'clocks:set',
    writes: true,
    refusals: [
      ...['clock-stopped', 'setting-waiting', 'clock-paused'],
      ...['pause-before-start', 'pause-in-future', 'pause-after-due'],
    ],
  })
  @ApiCreatedResponse({ type: ClockSettingRequested })
  pause(@Param('id', Id) id: string, @Body() pause: Pause) {
    return this.commands.execute(new RequestClockSetting(id, pause));
  }

  @Post(':id/extensions')
  @Operation({
    name: 'oversight.request-extension',
    summary: '申请延长时限（省厅设定，非法定）',
    permission: 'clocks:set',
    writes: true,
    refusals: ['clock-stopped', 'setting-waiting', 'clock-paused', 'extension-not-later', 'extension-on-day-off'],
  })
  @ApiCreatedResponse({ type: ClockSettingRequested })
  extend(@Param('id', Id) id: string, @Body() extension: Extension) {
    return this.commands.execute(new RequestClockSetting(id, extension));
  }
}
