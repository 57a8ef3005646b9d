import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Operation } from '@shuzheng/platform';
import { ClockSettingDecided, DecideClockSetting, Refusal } from '../commands/decide-clock-setting.js';
import { ClockResumed, ResumeClock, Resumption } from '../commands/resume-clock.js';
import { ClockSettingFilter, ClockSettingPage, ListClockSettings } from '../queries/list-clock-settings.js';

@ApiTags('clock-settings')
@Controller('clock-settings')
export class ClockSettingsController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @Operation({ name: 'oversight.list-clock-settings', summary: '时限的暂停与延长', permission: 'clocks:read' })
  @ApiOkResponse({ type: ClockSettingPage })
  list(@Query() filter: ClockSettingFilter) {
    return this.queries.execute(new ListClockSettings(filter));
  }

  @Post(':id/approve')
  @Operation({
    name: 'oversight.approve-clock-setting',
    summary: '批准暂停或延长',
    permission: 'clocks:approve',
    writes: true,
    amends: true,
    refusals: ['same-person', 'setting-decided', 'clock-stopped', 'clock-paused'],
  })
  @ApiCreatedResponse({ type: ClockSettingDecided })
  approve(@Param('id', Id) id: string) {
    return this.commands.execute(new DecideClockSetting(id));
  }

  @Post(':id/refuse')
  @Operation({
    name: 'oversight.refuse-clock-setting',
    summary: '不批准暂停或延长',
    permission: 'clocks:approve',
    writes: true,
    amends: true,
    refusals: ['same-person', 'setting-decided'],
  })
  @ApiCreatedResponse({ type: ClockSettingDecided })
  refuse(@Param('id', Id) id: string, @Body() refusal: Refusal) {
    return this.commands.execute(new DecideClockSetting(id, refusal));
  }

  @Post(':id/resume')
  @Operation({
    name: 'oversight.resume-clock',
    summary: '恢复暂停的时限',
    permission: 'clocks:set',
    writes: true,
    amends: true,
    refusals: ['not-paused', 'clock-stopped', 'resume-before-pause', 'resume-in-future'],
  })
  @ApiCreatedResponse({ type: ClockResumed })
  resume(@Param('id', Id) id: string, @Body() resumption: Resumption) {
    return this.commands.execute(new ResumeClock(id, resumption));
  }
}
