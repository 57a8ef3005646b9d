import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Operation } from '@shuzheng/platform';
import { OrganisationReceipt, RegisterOrganisation } from '../commands/register-organisation.js';
import { FindOrganisation, OrganisationDetails } from '../queries/find-organisation.js';
import { ListOrganisations, OrganisationFilter, OrganisationPage } from '../queries/list-organisations.js';

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
    refusals: [
      'credit-code-length',
      'credit-code-characters',
      'credit-code-check',
      'credit-code-taken',
      'city-unknown',
      'office-taken',
      'contact-personal',
    ],
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
}
