import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, coverReasons, Id, Operation } from '@shuzheng/platform';
import { ArchiveClass, ArchivedClass } from '../commands/archive-class.js';
import { CancelClass, CancellationInput, CancelledClass } from '../commands/cancel-class.js';
import { ClassReceipt, OpenClass } from '../commands/open-class.js';
import { DatesInput, RescheduleClass, RescheduledClass } from '../commands/reschedule-class.js';
import { StartClass, StartedClass } from '../commands/start-class.js';
import { ClassCountFilter, ClassCounts, CountClasses } from '../queries/count-classes.js';
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
      'plan-withdrawn',
      'plan-closed',
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

  @Post(':id/reschedule')
  @Operation({
    name: 'enrollment.reschedule-class',
    summary: '变更培训班的起止日期（开班之前）',
    permission: 'classes:manage',
    writes: true,
    amends: true,
    refusals: [
      'class-has-started',
      'dates-order',
      'dates-unchanged',
      'class-outside-plan-dates',
      'first-day-passed',
      'reschedule-notice-short',
      'reschedule-overlaps',
      'plan-withdrawn',
      'plan-closed',
      ...Object.keys(coverReasons),
    ],
  })
  @ApiCreatedResponse({ type: RescheduledClass })
  reschedule(@Param('id', Id) id: string, @Body() dates: DatesInput) {
    return this.commands.execute(new RescheduleClass(id, dates));
  }

  @Post(':id/cancel')
  @Operation({
    name: 'enrollment.cancel-class',
    summary: '取消培训班，在班学员随之退班',
    permission: 'classes:manage',
    writes: true,
    refusals: ['class-not-cancellable', 'reason-text-missing'],
  })
  @ApiCreatedResponse({ type: CancelledClass })
  cancel(@Param('id', Id) id: string, @Body() why: CancellationInput) {
    return this.commands.execute(new CancelClass(id, why));
  }

  @Post(':id/archive')
  @Operation({
    name: 'enrollment.archive-class',
    summary: '归档已报送的培训班',
    permission: 'training-report:file',
    writes: true,
    refusals: ['class-not-reported'],
  })
  @ApiCreatedResponse({ type: ArchivedClass })
  archive(@Param('id', Id) id: string) {
    return this.commands.execute(new ArchiveClass(id));
  }

  @Get()
  @Operation({ name: 'enrollment.list-classes', summary: '查询培训班', permission: 'classes:read' })
  @ApiOkResponse({ type: ClassPage })
  list(@Query() filter: ClassFilter) {
    return this.queries.execute(new ListClasses(filter));
  }

  @Get('by-state')
  @Operation({
    name: 'enrollment.count-classes',
    summary: '按状态统计培训班和最近的到期日',
    permission: 'classes:read',
  })
  @ApiOkResponse({ type: ClassCounts })
  count(@Query() filter: ClassCountFilter) {
    return this.queries.execute(new CountClasses(filter));
  }

  @Get(':id')
  @Operation({ name: 'enrollment.find-class', summary: '查看培训班', permission: 'classes:read' })
  @ApiOkResponse({ type: WholeClass })
  find(@Param('id', Id) id: string) {
    return this.queries.execute(new FindClass(id));
  }
}
