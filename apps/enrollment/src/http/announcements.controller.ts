import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Operation } from '@shuzheng/platform';
import { AnnouncementReceipt, PublishAnnouncement } from '../commands/publish-announcement.js';
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
    refusals: ['plan-not-filed', 'announcement-personal'],
  })
  @ApiCreatedResponse({ type: AnnouncementReceipt })
  publish(@Body() command: PublishAnnouncement) {
    return this.commands.execute(command);
  }

  @Get()
  @Operation({ name: 'enrollment.list-announcements', summary: '查询培训公告', permission: 'public' })
  @ApiOkResponse({ type: AnnouncementPage })
  list(@Query() filter: AnnouncementFilter) {
    return this.queries.execute(new ListAnnouncements(filter));
  }
}
