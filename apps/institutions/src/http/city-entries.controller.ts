import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Operation } from '@shuzheng/platform';
import { EndCityEntry } from '../commands/end-city-entry.js';
import { CityEntryReceipt, RecordCityEntry } from '../commands/record-city-entry.js';
import { Ending, VersionReceipt } from '../data/ending.js';
import { CityEntryFilter, CityEntryPage, ListCityEntries } from '../queries/list-city-entries.js';

@ApiTags('city-directory')
@Controller('city-entries')
export class CityEntriesController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  @Operation({
    name: 'institutions.record-city-entry',
    summary: '登记本市的培训机构目录或培训项目目录',
    permission: 'city-directory:manage',
    writes: true,
    refusals: [
      'city-entry-name-missing',
      'city-entry-role',
      'organisation-is-ended',
      'occupation-unknown',
      'dates-order',
      'city-entry-overlaps',
    ],
  })
  @ApiCreatedResponse({ type: CityEntryReceipt })
  record(@Body() entry: RecordCityEntry) {
    return this.commands.execute(entry);
  }

  @Post(':id/end')
  @Operation({
    name: 'institutions.end-city-entry',
    summary: '终止本市目录的条目',
    permission: 'city-directory:manage',
    writes: true,
    amends: true,
    refusals: ['already-ended', 'dates-order', 'end-backdated', 'end-after-end'],
  })
  @ApiCreatedResponse({ type: VersionReceipt })
  end(@Param('id', Id) id: string, @Body() ending: Ending) {
    return this.commands.execute(new EndCityEntry(id, ending));
  }

  @Get()
  @Operation({ name: 'institutions.list-city-entries', summary: '查询各市目录', permission: 'public' })
  @ApiOkResponse({ type: CityEntryPage })
  list(@Query() filter: CityEntryFilter) {
    return this.queries.execute(new ListCityEntries(filter));
  }
}
