import { Controller, Get, Injectable, Param, type PipeTransform, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { Missing, Operation } from '@shuzheng/platform';
import { type Link, links } from '../domain/chain.js';
import { ChainFilter, ChainView, FindChain } from '../queries/find-chain.js';
import { ChainLinkFilter, ChainPersonPage, ListChainLink } from '../queries/list-chain-link.js';
import { ListPlanChains, PlanChainFilter, PlanChainPage } from '../queries/list-plan-chains.js';

/** A link of the chain in a path. What is none names nothing. */
@Injectable()
export class LinkName implements PipeTransform<string, Link> {
  transform(text: string) {
    const link = links.find((one) => one === text);
    if (!link) throw new Missing();
    return link;
  }
}

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

  @Get(':link')
  @Operation({ name: 'oversight.list-chain-link', summary: '一个环节的名单', permission: 'clocks:read' })
  @ApiParam({ name: 'link', enum: links })
  @ApiOkResponse({ type: ChainPersonPage })
  listLink(@Param('link', LinkName) link: Link, @Query() filter: ChainLinkFilter) {
    return this.queries.execute(new ListChainLink(link, filter));
  }
}
