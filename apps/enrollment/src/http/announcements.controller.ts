import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Operation } from '@shuzheng/platform';
import { AcknowledgeAnnouncement, AcknowledgedWarnings } from '../commands/acknowledge-announcement.js';
import { PublishAnnouncement } from '../commands/publish-announcement.js';
import { ReplaceAnnouncement, ReplacementInput } from '../commands/replace-announcement.js';
import { AnnouncementEnding, EndedAnnouncement, WithdrawAnnouncement } from '../commands/withdraw-announcement.js';
import { AnnouncementReceipt } from '../data/announcements.js';
import {
  KeptAnnouncementFilter,
  KeptAnnouncementPage,
  ListKeptAnnouncements,
} from '../queries/list-kept-announcements.js';
import { AnnouncementFilter, AnnouncementPage, ListAnnouncements } from '../queries/list-announcements.js';

@ApiTags('announcements')
@Controller('announcements')
export class AnnouncementsController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  @Operation({
    name: 'enrollment.publish-announcement',
    summary: '发布培训公告',
    permission: 'classes:manage',
    writes: true,
    refusals: ['plan-withdrawn', 'plan-closed', 'plan-not-filed', 'announcement-personal'],
  })
  @ApiCreatedResponse({ type: AnnouncementReceipt })
  publish(@Body() command: PublishAnnouncement) {
    return this.commands.execute(command);
  }

  @Post(':id/publish')
  @Operation({
    name: 'enrollment.acknowledge-announcement',
    summary: '复核提示后发布公告草稿',
    permission: 'classes:manage',
    writes: true,
    refusals: ['announcement-not-draft', 'warnings-unacknowledged', 'announcement-not-published'],
  })
  @ApiCreatedResponse({ type: AnnouncementReceipt })
  acknowledge(@Param('id', Id) id: string, @Body() { acknowledged }: AcknowledgedWarnings) {
    return this.commands.execute(new AcknowledgeAnnouncement(id, acknowledged));
  }

  @Post(':id/withdraw')
  @Operation({
    name: 'enrollment.withdraw-announcement',
    summary: '撤下公告',
    permission: 'classes:manage',
    writes: true,
    refusals: ['announcement-not-published'],
  })
  @ApiCreatedResponse({ type: EndedAnnouncement })
  withdraw(@Param('id', Id) id: string, @Body() { reason }: AnnouncementEnding) {
    return this.commands.execute(new WithdrawAnnouncement(id, reason));
  }

  @Post(':id/replace')
  @Operation({
    name: 'enrollment.replace-announcement',
    summary: '以新的公告替换',
    permission: 'classes:manage',
    writes: true,
    refusals: [
      'announcement-not-published',
      'plan-withdrawn',
      'plan-closed',
      'plan-not-filed',
      'announcement-personal',
    ],
  })
  @ApiCreatedResponse({ type: AnnouncementReceipt })
  replace(@Param('id', Id) id: string, @Body() input: ReplacementInput) {
    return this.commands.execute(new ReplaceAnnouncement(id, input));
  }

  @Get('own')
  @Operation({
    name: 'enrollment.list-own-announcements',
    summary: '查询公告及其草稿、撤下情况',
    permission: 'classes:read',
  })
  @ApiOkResponse({ type: KeptAnnouncementPage })
  own(@Query() filter: KeptAnnouncementFilter) {
    return this.queries.execute(new ListKeptAnnouncements(filter));
  }

  @Get()
  @Operation({ name: 'enrollment.list-announcements', summary: '查询培训公告', permission: 'public' })
  @ApiOkResponse({ type: AnnouncementPage })
  list(@Query() filter: AnnouncementFilter) {
    return this.queries.execute(new ListAnnouncements(filter));
  }
}
