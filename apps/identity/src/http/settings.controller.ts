import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Operation } from '@shuzheng/platform';
import { RecordSetting, SettingReceipt } from '../commands/record-setting.js';
import { ListSettings, SettingFilter, SettingPage } from '../queries/list-settings.js';

@ApiTags('settings')
@Controller('settings')
export class SettingsController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @Operation({ name: 'identity.list-settings', summary: '账号与安全设定', permission: 'signed-in' })
  @ApiOkResponse({ type: SettingPage })
  list(@Query() filter: SettingFilter) {
    return this.queries.execute(new ListSettings(filter));
  }

  @Post()
  @Operation({
    name: 'identity.record-setting',
    summary: '登记设定',
    permission: 'security:manage',
    writes: true,
    refusals: ['setting-back', 'setting-range'],
  })
  @ApiCreatedResponse({ type: SettingReceipt })
  record(@Body() command: RecordSetting) {
    return this.commands.execute(command);
  }
}
