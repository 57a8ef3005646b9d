import { Controller, Get, Param } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Id, Operation } from '@shuzheng/platform';
import { FindIssueRun, IssueRunView } from '../queries/find-issue-run.js';

@ApiTags('issue-runs')
@Controller('issue-runs')
export class IssueRunsController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':id')
  @Operation({ name: 'certification.find-issue-run', summary: '一次颁发的进度', permission: 'certificates:read' })
  @ApiOkResponse({ type: IssueRunView })
  find(@Param('id', Id) id: string) {
    return this.queries.execute(new FindIssueRun(id));
  }
}
