import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  Commands,
  Evidence,
  type EvidenceType,
  GivesEvidence,
  handOut,
  Id,
  MediaType,
  Operation,
  TakesEvidence,
} from '@shuzheng/platform';
import { ChangedLesson, ChangeLesson } from '../commands/change-lesson.js';
import { EvidenceReceipt, KeepEvidence } from '../commands/keep-evidence.js';
import { AttendanceItems, AttendanceMarks, MarkAttendance } from '../commands/mark-attendance.js';
import { RemovalReason, RemovedLesson, RemoveLesson } from '../commands/remove-lesson.js';
import { LessonInput } from '../data/lessons.js';
import { FindLesson, WholeLesson } from '../queries/find-lesson.js';
import { EvidenceFilter, EvidencePage, ListEvidence } from '../queries/list-evidence.js';

@ApiTags('lessons')
@Controller()
export class LessonsController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
    private readonly handedIn: Evidence,
  ) {}

  @Get('lessons/:id')
  @Operation({ name: 'enrollment.find-lesson', summary: '查看课次、考勤和更正记录', permission: 'classes:read' })
  @ApiOkResponse({ type: WholeLesson })
  find(@Param('id', Id) id: string) {
    return this.queries.execute(new FindLesson(id));
  }

  @Put('lessons/:id')
  @Operation({
    name: 'enrollment.change-lesson',
    summary: '更正课次',
    permission: 'lessons:record',
    writes: true,
    amends: true,
    refusals: [
      'lesson-removed',
      'class-not-running',
      'lesson-outside-class-dates',
      'lesson-in-future',
      'lesson-reference-repeated',
      'teacher-unknown',
      'teacher-missing',
    ],
  })
  @ApiCreatedResponse({ type: ChangedLesson })
  change(@Param('id', Id) id: string, @Body() lesson: LessonInput) {
    return this.commands.execute(new ChangeLesson(id, lesson));
  }

  @Post('lessons/:id/remove')
  @Operation({
    name: 'enrollment.remove-lesson',
    summary: '删除误登的课次，保留记录',
    permission: 'lessons:record',
    writes: true,
    amends: true,
    refusals: ['lesson-removed', 'class-not-running'],
  })
  @ApiCreatedResponse({ type: RemovedLesson })
  remove(@Param('id', Id) id: string, @Body() { reason }: RemovalReason) {
    return this.commands.execute(new RemoveLesson(id, reason));
  }

  @Post('lessons/:id/attendance')
  @Operation({
    name: 'enrollment.mark-attendance',
    summary: '逐人登记某一课次的考勤，逐项答复',
    permission: 'lessons:record',
    writes: true,
    refusals: ['lesson-removed', 'class-not-running'],
  })
  @ApiCreatedResponse({ type: AttendanceMarks })
  mark(@Param('id', Id) id: string, @Body() { items }: AttendanceItems) {
    return this.commands.execute(new MarkAttendance(id, items));
  }

  @Post('lessons/:id/evidence')
  @Operation({
    name: 'enrollment.keep-evidence',
    summary: '上传签到表等佐证（PDF、PNG、JPEG，最大 10 MB）',
    permission: 'lessons:record',
    writes: true,
    refusals: [
      'lesson-removed',
      'class-not-running',
      'evidence-too-large',
      'evidence-too-many',
      'evidence-repeated',
      'file-content-differs',
    ],
  })
  @TakesEvidence()
  @ApiCreatedResponse({ type: EvidenceReceipt })
  keep(@Param('id', Id) id: string, @MediaType() type: EvidenceType, @Body() bytes: Buffer) {
    return this.commands.execute(new KeepEvidence(id, bytes, type));
  }

  @Get('lessons/:id/evidence')
  @Operation({ name: 'enrollment.list-evidence', summary: '查询课次的佐证', permission: 'roster:read' })
  @ApiOkResponse({ type: EvidencePage })
  list(@Param('id', Id) id: string, @Query() filter: EvidenceFilter) {
    return this.queries.execute(new ListEvidence(id, filter));
  }

  @Get('evidence/:id/file')
  @Operation({ name: 'enrollment.read-evidence', summary: '下载佐证文件', permission: 'roster:read' })
  @GivesEvidence()
  async read(@Param('id', Id) id: string) {
    return handOut(await this.handedIn.read('lesson_evidence', id));
  }
}
