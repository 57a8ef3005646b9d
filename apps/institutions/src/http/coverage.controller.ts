import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Operation } from '@shuzheng/platform';
import { CoverageQuestion, CoverageView, FindCoverage } from '../queries/find-coverage.js';
import { ListUnverified, UnverifiedFilter, UnverifiedPage } from '../queries/list-unverified.js';

@ApiTags('directory')
@Controller()
export class CoverageController {
  constructor(private readonly queries: QueryBus) {}

  @Get('coverage')
  @Operation({
    name: 'institutions.find-coverage',
    summary: '查询各市各职业在某日的培训机构和评价机构数',
    permission: 'public',
  })
  @ApiOkResponse({ type: CoverageView })
  coverage(@Query() question: CoverageQuestion) {
    return this.queries.execute(new FindCoverage(question));
  }

  @Get('unverified')
  @Operation({
    name: 'institutions.list-unverified',
    summary: '查询仍待核实的规则，以及因此不能判断的事项',
    permission: 'public',
  })
  @ApiOkResponse({ type: UnverifiedPage })
  unverified(@Query() filter: UnverifiedFilter) {
    return this.queries.execute(new ListUnverified(filter));
  }
}
