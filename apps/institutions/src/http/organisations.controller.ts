import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Operation } from '@shuzheng/platform';
import { ChangeOrganisation, OrganisationChange, OrganisationVersionReceipt } from '../commands/change-organisation.js';
import { ChangeStanding, Measure, Resumption, StandingReceipt } from '../commands/change-standing.js';
import { OrganisationReceipt, RegisterOrganisation } from '../commands/register-organisation.js';
import {
  FindOrganisation,
  FindOrganisationHistory,
  OrganisationDetails,
  OrganisationHistory,
} from '../queries/find-organisation.js';
import { ListOrganisations, OrganisationFilter, OrganisationPage } from '../queries/list-organisations.js';

const detailRefusals = [
  'credit-code-length',
  'credit-code-characters',
  'credit-code-check',
  'credit-code-taken',
  'city-unknown',
  'office-taken',
  'organisation-name-taken',
  'contact-personal',
];
const standingRefusals = ['organisation-is-office', 'organisation-is-ended'];

@ApiTags('organisations')
@Controller('organisations')
export class OrganisationsController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  @Operation({
    name: 'institutions.register-organisation',
    summary: '登记机构',
    permission: 'organisations:manage',
    writes: true,
    refusals: detailRefusals,
  })
  @ApiCreatedResponse({ type: OrganisationReceipt })
  register(@Body() command: RegisterOrganisation) {
    return this.commands.execute(command);
  }

  @Get()
  @Operation({ name: 'institutions.list-organisations', summary: '查询机构', permission: 'public' })
  @ApiOkResponse({ type: OrganisationPage })
  list(@Query() filter: OrganisationFilter) {
    return this.queries.execute(new ListOrganisations(filter));
  }

  @Get(':id')
  @Operation({ name: 'institutions.find-organisation', summary: '查看机构', permission: 'public' })
  @ApiOkResponse({ type: OrganisationDetails })
  find(@Param('id', Id) id: string) {
    return this.queries.execute(new FindOrganisation(id));
  }

  @Get(':id/history')
  @Operation({
    name: 'institutions.find-organisation-history',
    summary: '查看机构的历次登记和状态',
    permission: 'public',
  })
  @ApiOkResponse({ type: OrganisationHistory })
  history(@Param('id', Id) id: string) {
    return this.queries.execute(new FindOrganisationHistory(id));
  }

  @Put(':id')
  @Operation({
    name: 'institutions.change-organisation',
    summary: '变更机构登记',
    permission: 'organisations:manage',
    writes: true,
    amends: true,
    status: 200,
    refusals: [...detailRefusals, 'organisation-is-ended'],
  })
  @ApiOkResponse({ type: OrganisationVersionReceipt })
  change(@Param('id', Id) id: string, @Body() change: OrganisationChange) {
    return this.commands.execute(new ChangeOrganisation(id, change));
  }

  @Post(':id/suspend')
  @Operation({
    name: 'institutions.suspend-organisation',
    summary: '暂停机构：自该日起不得新开展活动',
    permission: 'organisations:suspend',
    writes: true,
    amends: true,
    refusals: [...standingRefusals, 'organisation-suspended-already', 'suspension-backdated'],
  })
  @ApiCreatedResponse({ type: StandingReceipt })
  suspend(@Param('id', Id) id: string, @Body() measure: Measure) {
    return this.commands.execute(new ChangeStanding(id, 'suspend', measure));
  }

  @Post(':id/resume')
  @Operation({
    name: 'institutions.resume-organisation',
    summary: '恢复机构',
    permission: 'organisations:suspend',
    writes: true,
    amends: true,
    refusals: [...standingRefusals, 'organisation-not-suspended', 'resumption-before-suspension'],
  })
  @ApiCreatedResponse({ type: StandingReceipt })
  resume(@Param('id', Id) id: string, @Body() resumption: Resumption) {
    return this.commands.execute(new ChangeStanding(id, 'resume', resumption));
  }

  @Post(':id/end')
  @Operation({
    name: 'institutions.end-organisation',
    summary: '终止机构：终止后不能恢复',
    permission: 'organisations:suspend',
    writes: true,
    amends: true,
    refusals: [...standingRefusals, 'suspension-backdated'],
  })
  @ApiCreatedResponse({ type: StandingReceipt })
  end(@Param('id', Id) id: string, @Body() measure: Measure) {
    return this.commands.execute(new ChangeStanding(id, 'end', measure));
  }
}
