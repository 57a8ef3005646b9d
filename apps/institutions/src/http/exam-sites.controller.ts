import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Missing, Operation } from '@shuzheng/platform';
import { ChangeExamSite, SiteChange } from '../commands/change-exam-site.js';
import { CloseExamSite } from '../commands/close-exam-site.js';
import { RecordExamSite, SiteReceipt } from '../commands/record-exam-site.js';
import { Ending, VersionReceipt } from '../data/ending.js';
import { ExamSiteFilter, ExamSitePage, ExamSiteView, ListExamSites } from '../queries/list-exam-sites.js';

@ApiTags('exam-sites')
@Controller('exam-sites')
export class ExamSitesController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  @Operation({
    name: 'institutions.record-exam-site',
    summary: '登记本单位的考点',
    permission: 'sites:manage',
    writes: true,
    refusals: ['organisation-is-ended', 'city-unknown', 'site-name-taken', 'occupation-unknown', 'dates-order'],
  })
  @ApiCreatedResponse({ type: SiteReceipt })
  record(@Body() site: RecordExamSite) {
    return this.commands.execute(site);
  }

  @Put(':id')
  @Operation({
    name: 'institutions.change-exam-site',
    summary: '变更本单位的考点',
    permission: 'sites:manage',
    writes: true,
    amends: true,
    status: 200,
    refusals: ['organisation-is-ended', 'already-ended', 'site-name-taken', 'occupation-unknown'],
  })
  @ApiOkResponse({ type: VersionReceipt })
  change(@Param('id', Id) id: string, @Body() change: SiteChange) {
    return this.commands.execute(new ChangeExamSite(id, change));
  }

  @Post(':id/close')
  @Operation({
    name: 'institutions.close-exam-site',
    summary: '关闭本单位的考点',
    permission: 'sites:manage',
    writes: true,
    amends: true,
    refusals: ['already-ended', 'dates-order', 'end-backdated', 'end-after-end'],
  })
  @ApiCreatedResponse({ type: VersionReceipt })
  close(@Param('id', Id) id: string, @Body() ending: Ending) {
    return this.commands.execute(new CloseExamSite(id, ending));
  }

  @Get()
  @Operation({ name: 'institutions.list-exam-sites', summary: '查询考点', permission: 'public' })
  @ApiOkResponse({ type: ExamSitePage })
  list(@Query() filter: ExamSiteFilter) {
    return this.queries.execute(new ListExamSites(filter));
  }

  @Get(':id')
  @Operation({ name: 'institutions.find-exam-site', summary: '查看考点', permission: 'public' })
  @ApiOkResponse({ type: ExamSiteView })
  async find(@Param('id', Id) id: string) {
    const { items } = await this.queries.execute(new ListExamSites({}, id));
    const [found] = items;
    if (!found) throw new Missing();
    return found;
  }
}
