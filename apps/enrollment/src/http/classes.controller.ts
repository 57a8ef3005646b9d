import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, coverReasons, Id, Operation } from '@shuzheng/platform';
import { ClassReceipt, OpenClass } from '../commands/open-class.js';
import { StartClass, StartedClass } from '../commands/start-class.js';
import { FindClass, WholeClass } from '../queries/find-class.js';
import { ClassFilter, ClassPage, ListClasses } from '../queries/list-classes.js';

@ApiTags('classes')
@Controller('classes')
export class ClassesController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  @Operation({
    name: 'enrollment.open-class',
    summary: '开设培训班',
    permission: 'classes:manage',
    writes: true,
    refusals: [
      'plan-not-filed',
      'announcement-missing',
      'dates-order',
      'class-outside-plan-dates',
      ...Object.keys(coverReasons),
    ],
  })
  @ApiCreatedResponse({ type: ClassReceipt })
  open(@Body() command: OpenClass) {
    return this.commands.execute(command);
  }

  @Post(':id/start')
  @Operation({
    name: 'enrollment.start-class',
    summary: '开班',
    permission: 'classes:manage',
    writes: true,
    refusals: ['class-not-enrolling', 'class-starts-later', 'roster-empty'],
  })
  @ApiCreatedResponse({ type: StartedClass })
  start(@Param('id', Id) id: string) {
    return this.commands.execute(new StartClass(id));
  }

  @Get()
  @Operation({ name: 'enrollment.list-classes', summary: '查询培训班', permission: 'classes:read' })
  @ApiOkResponse({ type: ClassPage })
  list(@Query() filter: ClassFilter) {
    return this.queries.execute(new ListClasses(filter));
  }

  @Get(':id')
  @Operation({ name: 'enrollment.find-class', summary: '查看培训班', permission: 'classes:read' })
  @ApiOkResponse({ type: WholeClass })
  find(@Param('id', Id) id: string) {
    return this.queries.execute(new FindClass(id));
  }
}
