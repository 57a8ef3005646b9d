import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Operation } from '@shuzheng/platform';
import { FindOwnRecord, OwnRecord } from '../queries/find-own-record.js';
import { FindStatus, StatusFilter, StatusView } from '../queries/find-status.js';
import { DigestFilter, DigestPage, ListOwnDigests } from '../queries/list-own-digests.js';
import { ListTasks, TaskFilter, TaskPage } from '../queries/list-tasks.js';

@ApiTags('tasks')
@Controller()
export class TasksController {
  constructor(private readonly queries: QueryBus) {}

  @Get('tasks')
  @Operation({ name: 'oversight.list-tasks', summary: '待办：什么到期、轮到谁、自何时起', permission: 'clocks:read' })
  @ApiOkResponse({ type: TaskPage })
  list(@Query() filter: TaskFilter) {
    return this.queries.execute(new ListTasks(filter));
  }

  @Get('status')
  @Operation({ name: 'oversight.find-status', summary: '办到哪里、轮到谁、何时为止', permission: 'clocks:read' })
  @ApiOkResponse({ type: StatusView })
  status(@Query() { subjectId }: StatusFilter) {
    return this.queries.execute(new FindStatus(subjectId));
  }

  @Get('digests/mine')
  @Operation({ name: 'oversight.list-own-digests', summary: '本人的到期提醒', permission: 'signed-in' })
  @ApiOkResponse({ type: DigestPage })
  digests(@Query() filter: DigestFilter) {
    return this.queries.execute(new ListOwnDigests(filter));
  }

  @Get('my/record')
  @Operation({ name: 'oversight.find-own-record', summary: '本人从入班到证书的记录', permission: 'own-record:read' })
  @ApiOkResponse({ type: OwnRecord })
  record() {
    return this.queries.execute(new FindOwnRecord());
  }
}
