import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Id, Operation } from '@shuzheng/platform';
import { ClockView } from '../data/clock-view.js';
import { FindClock } from '../queries/find-clock.js';
import { ClockFilter, ClockPage, ListClocks } from '../queries/list-clocks.js';

@ApiTags('clocks')
@Controller('clocks')
export class ClocksController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Operation({ name: 'oversight.list-clocks', summary: '查询时限', permission: 'clocks:read' })
  @ApiOkResponse({ type: ClockPage })
  list(@Query() filter: ClockFilter) {
    return this.queries.execute(new ListClocks(filter));
  }

  @Get(':id')
  @Operation({ name: 'oversight.find-clock', summary: '查看一项时限', permission: 'clocks:read' })
  @ApiOkResponse({ type: ClockView })
  find(@Param('id', Id) id: string) {
    return this.queries.execute(new FindClock(id));
  }
}
