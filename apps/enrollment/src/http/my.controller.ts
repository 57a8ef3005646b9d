import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Operation } from '@shuzheng/platform';
import { ListMyEnrolments, MyEnrolmentFilter, MyEnrolmentPage } from '../queries/list-my-enrolments.js';
import { ListMyHours, MyHoursFilter, MyHoursPage } from '../queries/list-my-hours.js';

@ApiTags('my')
@Controller('my')
export class MyController {
  constructor(private readonly queries: QueryBus) {}

  @Get('enrolments')
  @Operation({ name: 'enrollment.list-my-enrolments', summary: '查看本人的培训班', permission: 'own-record:read' })
  @ApiOkResponse({ type: MyEnrolmentPage })
  enrolments(@Query() filter: MyEnrolmentFilter) {
    return this.queries.execute(new ListMyEnrolments(filter));
  }

  @Get('hours')
  @Operation({ name: 'enrollment.list-my-hours', summary: '查看本人的学时', permission: 'own-record:read' })
  @ApiOkResponse({ type: MyHoursPage })
  hours(@Query() filter: MyHoursFilter) {
    return this.queries.execute(new ListMyHours(filter));
  }
}
