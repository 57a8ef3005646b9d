import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Operation } from '@shuzheng/platform';
import { ChainFilter, ChainView, FindChain } from '../queries/find-chain.js';
import { ListPlanChains, PlanChainFilter, PlanChainPage } from '../queries/list-plan-chains.js';

@ApiTags('chain')
@Controller('chain')
export class ChainController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Operation({ name: 'oversight.find-chain', summary: '从入班到颁发的人数', permission: 'clocks:read' })
  @ApiOkResponse({ type: ChainView })
  find(@Query() filter: ChainFilter) {
    return this.queries.execute(new FindChain(filter));
  }

  @Get('plans')
  @Operation({ name: 'oversight.list-plan-chains', summary: '各培训计划的人数', permission: 'clocks:read' })
  @ApiOkResponse({ type: PlanChainPage })
  list(@Query() filter: PlanChainFilter) {
    return this.queries.execute(new ListPlanChains(filter));
  }
}
