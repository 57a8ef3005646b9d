import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Operation } from '@shuzheng/platform';
import { RequestPermission, RequestReceipt } from '../commands/request-permission.js';
import {
  RequestGrant,
  RequestRefusal,
  RequestSettled,
  SettlePermissionRequest,
} from '../commands/settle-permission-request.js';
import {
  ListPermissionRequests,
  PermissionRequestFilter,
  PermissionRequestPage,
} from '../queries/list-permission-requests.js';
import { Holders, ShowHolders } from '../queries/show-permissions.js';

@ApiTags('permissions')
@Controller()
export class PermissionRequestsController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
  ) {}

  @Get('permissions/:code/holders')
  @Operation({ name: 'identity.show-holders', summary: '本单位谁有此权限', permission: 'signed-in' })
  @ApiOkResponse({ type: Holders })
  holders(@Param('code') code: string) {
    return this.queries.execute(new ShowHolders(code));
  }

  @Post('permission-requests')
  @Operation({
    name: 'identity.request-permission',
    summary: '向本单位用户管理员申请权限或角色',
    permission: 'signed-in',
    writes: true,
    refusals: ['role-not-of-organisation', 'role-held', 'request-open'],
  })
  @ApiCreatedResponse({ type: RequestReceipt })
  request(@Body() command: RequestPermission) {
    return this.commands.execute(command);
  }

  @Get('me/permission-requests')
  @Operation({ name: 'identity.list-my-permission-requests', summary: '我的权限申请', permission: 'signed-in' })
  @ApiOkResponse({ type: PermissionRequestPage })
  mine(@Query() filter: PermissionRequestFilter) {
    return this.queries.execute(new ListPermissionRequests('own', filter));
  }

  @Get('permission-requests')
  @Operation({ name: 'identity.list-permission-requests', summary: '待处理的权限申请', permission: 'members:manage' })
  @ApiOkResponse({ type: PermissionRequestPage })
  list(@Query() filter: PermissionRequestFilter) {
    return this.queries.execute(new ListPermissionRequests('organisation', filter));
  }

  @Post('permission-requests/:id/grant')
  @Operation({
    name: 'identity.grant-permission-request',
    summary: '同意权限申请',
    permission: 'members:manage',
    writes: true,
    refusals: [
      'request-settled',
      'request-role-missing',
      'role-not-of-organisation',
      'own-role',
      'own-approver',
      'manager-apart',
      'roles-combined',
    ],
  })
  @ApiCreatedResponse({ type: RequestSettled })
  grant(@Param('id', Id) id: string, @Body() { role }: RequestGrant) {
    return this.commands.execute(new SettlePermissionRequest(id, { granted: true, ...(role ? { role } : {}) }));
  }

  @Post('permission-requests/:id/refuse')
  @Operation({
    name: 'identity.refuse-permission-request',
    summary: '不同意权限申请，说明理由',
    permission: 'members:manage',
    writes: true,
    refusals: ['request-settled'],
  })
  @ApiCreatedResponse({ type: RequestSettled })
  refuse(@Param('id', Id) id: string, @Body() { reason }: RequestRefusal) {
    return this.commands.execute(new SettlePermissionRequest(id, { granted: false, reason }));
  }
}
