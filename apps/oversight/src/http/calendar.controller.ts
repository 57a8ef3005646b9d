import { Body, Controller, Get, Injectable, Param, type PipeTransform, Put, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Missing, Operation } from '@shuzheng/platform';
import { CalendarTable, CalendarYearPublication, PublishCalendarYear } from '../commands/publish-calendar-year.js';
import { CalendarYearView } from '../data/calendar-year-view.js';
import { calendarReasons } from '../domain/publishing-calendar.js';
import { FindCalendarYear } from '../queries/find-calendar-year.js';
import {
  CalendarVersionFilter,
  CalendarYearVersionPage,
  ListCalendarVersions,
} from '../queries/list-calendar-versions.js';
import { CalendarYearFilter, CalendarYearPage, ListCalendarYears } from '../queries/list-calendar-years.js';

/** A year in a path. What is no year of ours names nothing. */
@Injectable()
export class Year implements PipeTransform<string, number> {
  transform(text: string) {
    if (!/^2[01]\d\d$/.test(text)) throw new Missing();
    return Number(text);
  }
}

@ApiTags('calendar')
@Controller('calendar')
export class CalendarController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @Operation({ name: 'oversight.list-calendar-years', summary: '节假日表', permission: 'public' })
  @ApiOkResponse({ type: CalendarYearPage })
  list(@Query() filter: CalendarYearFilter) {
    return this.queries.execute(new ListCalendarYears(filter));
  }

  @Get(':year')
  @Operation({ name: 'oversight.find-calendar-year', summary: '一个年度的节假日表', permission: 'public' })
  @ApiOkResponse({ type: CalendarYearView })
  find(@Param('year', Year) year: number) {
    return this.queries.execute(new FindCalendarYear(year));
  }

  @Get(':year/history')
  @Operation({ name: 'oversight.list-calendar-versions', summary: '一个年度节假日表的各版本', permission: 'public' })
  @ApiOkResponse({ type: CalendarYearVersionPage })
  history(@Param('year', Year) year: number, @Query() filter: CalendarVersionFilter) {
    return this.queries.execute(new ListCalendarVersions(year, filter));
  }

  @Put(':year')
  @Operation({
    name: 'oversight.publish-calendar-year',
    summary: '录入或修改一个年度的节假日表',
    permission: 'calendar:manage',
    writes: true,
    amends: true,
    status: 200,
    refusals: calendarReasons,
  })
  @ApiOkResponse({ type: CalendarYearPublication })
  publish(@Param('year', Year) year: number, @Body() table: CalendarTable) {
    return this.commands.execute(new PublishCalendarYear(year, table));
  }
}
