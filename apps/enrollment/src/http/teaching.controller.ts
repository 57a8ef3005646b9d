import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Operation } from '@shuzheng/platform';
import { CompleteClass, CompletionInput, CompletionReceipt } from '../commands/complete-class.js';
import { AttendanceInput, AttendanceReceipt, RecordAttendance } from '../commands/record-attendance.js';
import {
  CompletionResultsInput,
  CompletionResultsReceipt,
  RecordCompletionResults,
} from '../commands/record-completion-results.js';
import { LessonsInput, LessonsReceipt, RecordLessons } from '../commands/record-lessons.js';
import {
  CompletionResultFilter,
  CompletionResultPage,
  ListCompletionResults,
} from '../queries/list-completion-results.js';
import { HoursFilter, HoursPage, ListHours } from '../queries/list-hours.js';
import { LessonFilter, LessonPage, ListLessons } from '../queries/list-lessons.js';

@ApiTags('classes')
@Controller('classes/:id')
export class TeachingController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
  ) {}

  @Post('lessons')
  @Operation({
    name: 'enrollment.record-lessons',
    summary: '登记课次',
    permission: 'lessons:record',
    writes: true,
    refusals: [
      'class-not-running',
      'lesson-outside-class-dates',
      'lesson-in-future',
      'lesson-reference-repeated',
      'teacher-unknown',
      'teacher-missing',
    ],
  })
  @ApiCreatedResponse({ type: LessonsReceipt })
  lessons(@Param('id', Id) id: string, @Body() { lessons }: LessonsInput) {
    return this.commands.execute(new RecordLessons(id, lessons));
  }

  @Get('lessons')
  @Operation({ name: 'enrollment.list-lessons', summary: '查询课次', permission: 'classes:read' })
  @ApiOkResponse({ type: LessonPage })
  list(@Param('id', Id) id: string, @Query() filter: LessonFilter) {
    return this.queries.execute(new ListLessons(id, filter));
  }

  @Get('hours')
  @Operation({ name: 'enrollment.list-hours', summary: '查询每位学员的学时', permission: 'classes:read' })
  @ApiOkResponse({ type: HoursPage })
  hours(@Param('id', Id) id: string, @Query() filter: HoursFilter) {
    return this.queries.execute(new ListHours(id, filter));
  }

  @Get('completion-results')
  @Operation({
    name: 'enrollment.list-completion-results',
    summary: '查询结业考核结果',
    permission: 'classes:read',
  })
  @ApiOkResponse({ type: CompletionResultPage })
  listResults(@Param('id', Id) id: string, @Query() filter: CompletionResultFilter) {
    return this.queries.execute(new ListCompletionResults(id, filter));
  }

  @Post('attendance')
  @Operation({
    name: 'enrollment.record-attendance',
    summary: '登记考勤',
    permission: 'lessons:record',
    writes: true,
    refusals: ['class-not-running', 'lessons-missing', 'enrolment-unknown'],
  })
  @ApiCreatedResponse({ type: AttendanceReceipt })
  attendance(@Param('id', Id) id: string, @Body() attendance: AttendanceInput) {
    return this.commands.execute(new RecordAttendance(id, attendance));
  }

  @Post('completion-results')
  @Operation({
    name: 'enrollment.record-completion-results',
    summary: '登记结业考核结果',
    permission: 'completion:record',
    writes: true,
    refusals: [
      'class-not-running',
      'completion-exam-in-future',
      'completion-exam-before-start',
      'enrolment-unknown',
      'enrolment-repeated',
      'absent-cannot-pass',
    ],
  })
  @ApiCreatedResponse({ type: CompletionResultsReceipt })
  results(@Param('id', Id) id: string, @Body() exam: CompletionResultsInput) {
    return this.commands.execute(new RecordCompletionResults(id, exam));
  }

  @Post('complete')
  @Operation({
    name: 'enrollment.complete-class',
    summary: '办理结业',
    permission: 'completion:decide',
    writes: true,
    refusals: [
      'class-not-running',
      'same-person',
      'results-missing',
      'lessons-missing',
      'completed-before-last-lesson',
      'completed-in-future',
      'completion-day-differs',
    ],
  })
  @ApiCreatedResponse({ type: CompletionReceipt })
  complete(@Param('id', Id) id: string, @Body() { completedOn }: CompletionInput) {
    return this.commands.execute(new CompleteClass(id, completedOn));
  }
}
