import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Missing, Operation } from '@shuzheng/platform';
import { EntryReceipt, RecordDirectoryEntry } from '../commands/record-directory-entry.js';
import { SuspendDirectoryEntry, Suspension, SuspensionReceipt } from '../commands/suspend-directory-entry.js';
import { CoverQuestion, CoverView, FindCover } from '../queries/find-cover.js';
import {
  DirectoryEntryFilter,
  DirectoryEntryPage,
  DirectoryEntryView,
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
