import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Missing, Operation } from '@shuzheng/platform';
import { ChangeEntryDates, EntryDates, EntryDatesReceipt } from '../commands/change-entry-dates.js';
import { EntryReceipt, RecordDirectoryEntry } from '../commands/record-directory-entry.js';
import { EntryResumption, ResumeDirectoryEntry, ResumptionReceipt } from '../commands/resume-directory-entry.js';
import { SuspendDirectoryEntry, Suspension, SuspensionReceipt } from '../commands/suspend-directory-entry.js';
import { CoverQuestion, CoverView, FindCover } from '../queries/find-cover.js';
import {
  DirectoryEntryFilter,
  DirectoryEntryPage,
  DirectoryEntryView,
  EntryHistoryView,
  FindEntryHistory,
  ListDirectoryEntries,
} from '../queries/list-directory-entries.js';

@ApiTags('directory')
@Controller()
export class DirectoryController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
  ) {}

  @Post('directory-entries')
  @Operation({
    name: 'institutions.record-directory-entry',
    summary: '登记目录条目',
    permission: 'directory:manage',
    writes: true,
    refusals: [
      'organisation-is-ended',
      'directory-role-mismatch',
      'occupation-unknown',
      'level-unknown',
      'dates-order',
      'directory-entry-overlaps',
    ],
  })
  @ApiCreatedResponse({ type: EntryReceipt })
  record(@Body() command: RecordDirectoryEntry) {
    return this.commands.execute(command);
  }

  @Post('directory-entries/:id/suspend')
  @Operation({
    name: 'institutions.suspend-directory-entry',
    summary: '暂停目录条目',
    permission: 'directory:manage',
    writes: true,
    amends: true,
    refusals: ['entry-suspended', 'suspension-outside-entry'],
  })
  @ApiCreatedResponse({ type: SuspensionReceipt })
  suspend(@Param('id', Id) id: string, @Body() suspension: Suspension) {
    return this.commands.execute(new SuspendDirectoryEntry(id, suspension));
  }

  @Post('directory-entries/:id/resume')
  @Operation({
    name: 'institutions.resume-directory-entry',
    summary: '恢复目录条目',
    permission: 'directory:manage',
    writes: true,
    amends: true,
    refusals: [
      'entry-not-suspended',
      'resumption-before-suspension',
      'resumption-ahead',
      'resumption-outside-entry',
      'directory-entry-overlaps',
    ],
  })
  @ApiCreatedResponse({ type: ResumptionReceipt })
  resume(@Param('id', Id) id: string, @Body() resumption: EntryResumption) {
    return this.commands.execute(new ResumeDirectoryEntry(id, resumption));
  }

  @Post('directory-entries/:id/dates')
  @Operation({
    name: 'institutions.change-entry-dates',
    summary: '延续目录条目，或提前终止',
    permission: 'directory:manage',
    writes: true,
    amends: true,
    refusals: [
      'organisation-is-ended',
      'entry-dates-unchanged',
      'dates-order',
      'entry-end-backdated',
      'entry-ends-before-suspension',
      'directory-entry-overlaps',
    ],
  })
  @ApiCreatedResponse({ type: EntryDatesReceipt })
  changeDates(@Param('id', Id) id: string, @Body() dates: EntryDates) {
    return this.commands.execute(new ChangeEntryDates(id, dates));
  }

  @Get('directory-entries/:id/history')
  @Operation({ name: 'institutions.find-entry-history', summary: '查看目录条目的历次变更', permission: 'public' })
  @ApiOkResponse({ type: EntryHistoryView })
  history(@Param('id', Id) id: string) {
    return this.queries.execute(new FindEntryHistory(id));
  }

  @Get('directory-entries')
  @Operation({ name: 'institutions.list-directory-entries', summary: '查询目录', permission: 'public' })
  @ApiOkResponse({ type: DirectoryEntryPage })
  list(@Query() filter: DirectoryEntryFilter) {
    return this.queries.execute(new ListDirectoryEntries(filter));
  }

  @Get('directory-entries/:id')
  @Operation({ name: 'institutions.find-directory-entry', summary: '查看目录条目', permission: 'public' })
  @ApiOkResponse({ type: DirectoryEntryView })
  async find(@Param('id', Id) id: string) {
    const { items } = await this.queries.execute(new ListDirectoryEntries({}, id));
    const [found] = items;
    if (!found) throw new Missing();
    return found;
  }

  @Get('cover')
  @Operation({ name: 'institutions.find-cover', summary: '查询机构在某日是否在目录内', permission: 'public' })
  @ApiOkResponse({ type: CoverView })
  cover(@Query() question: CoverQuestion) {
    return this.queries.execute(new FindCover(question));
  }
}
