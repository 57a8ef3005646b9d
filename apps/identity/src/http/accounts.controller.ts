import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Operation } from '@shuzheng/platform';
import { AccountReceipt, CreateAccount, NewAccount } from '../commands/create-account.js';
import { ChangeRoles, RolesChange, RolesReceipt } from '../commands/change-roles.js';
import { GrantMembership, MembershipReceipt, NewMembership } from '../commands/grant-membership.js';
import { AccountWithdrawal, WithdrawalReason, WithdrawAccount } from '../commands/withdraw-account.js';
import { MembershipToWithdraw, MembershipWithdrawal, WithdrawMembership } from '../commands/withdraw-membership.js';
import { managing, seeing } from '../managing.js';
import { Passwords } from '../passwords.js';
import { AccountFilter, AccountPage, ListAccounts } from '../queries/list-accounts.js';
import { AccountDetail, ShowAccount } from '../queries/show-account.js';

const granting = ['roles-missing', 'role-not-of-organisation', 'roles-combined', 'manager-apart', 'own-approver'];

/** `accounts:manage` everywhere, or `members:manage` in the own organisation. */
@ApiTags('accounts')
@Controller('accounts')
export class AccountsController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
    private readonly passwords: Passwords,
  ) {}

  @Post()
  @Operation({
    name: 'identity.create-account',
    summary: '开通账号',
    permission: managing,
    writes: true,
    refusals: ['login-name-taken', 'password-weak', ...granting],
  })
  @ApiCreatedResponse({ type: AccountReceipt })
  async create(@Body() account: NewAccount) {
    const passwordHash = await this.passwords.hash(account.password);
    return this.commands.execute(new CreateAccount(account, passwordHash));
  }

  @Get()
  @Operation({ name: 'identity.list-accounts', summary: '查询账号', permission: seeing })
  @ApiOkResponse({ type: AccountPage })
  list(@Query() filter: AccountFilter) {
    return this.queries.execute(new ListAccounts(filter));
  }

  @Get(':id')
  @Operation({ name: 'identity.show-account', summary: '查看账号，含已撤回的', permission: 'signed-in' })
  @ApiOkResponse({ type: AccountDetail })
  show(@Param('id', Id) id: string) {
    return this.queries.execute(new ShowAccount(id));
  }

  @Put(':id/memberships/:organisationId')
  @Operation({
    name: 'identity.change-roles',
    summary: '变更在单位中的角色',
    permission: managing,
    writes: true,
    amends: true,
    status: 200,
    refusals: [...granting, 'own-role', 'last-user-manager', 'last-administrator'],
  })
  @ApiOkResponse({ type: RolesReceipt })
  changeRoles(
    @Param('id', Id) id: string,
    @Param('organisationId', Id) organisationId: string,
    @Body() change: RolesChange,
  ) {
    return this.commands.execute(new ChangeRoles(id, organisationId, change));
  }

  @Post(':id/memberships')
  @Operation({
    name: 'identity.grant-membership',
    summary: '授予在单位中的角色',
    permission: managing,
    writes: true,
    refusals: [...granting, 'own-role', 'membership-exists'],
  })
  @ApiCreatedResponse({ type: MembershipReceipt })
  grant(@Param('id', Id) id: string, @Body() membership: NewMembership) {
    return this.commands.execute(new GrantMembership(id, membership));
  }

  @Post(':id/memberships/withdraw')
  @Operation({
    name: 'identity.withdraw-membership',
    summary: '撤回在单位中的角色',
    permission: managing,
    writes: true,
    refusals: ['last-user-manager', 'last-administrator'],
  })
  @ApiCreatedResponse({ type: MembershipWithdrawal })
  withdrawMembership(@Param('id', Id) id: string, @Body() membership: MembershipToWithdraw) {
    return this.commands.execute(new WithdrawMembership(id, membership));
  }

  @Post(':id/withdraw')
  @Operation({
    name: 'identity.withdraw-account',
    summary: '注销账号',
    permission: 'accounts:manage',
    writes: true,
    refusals: ['already-withdrawn', 'last-user-manager', 'last-administrator'],
  })
  @ApiCreatedResponse({ type: AccountWithdrawal })
  withdraw(@Param('id', Id) id: string, @Body() why: WithdrawalReason) {
    return this.commands.execute(new WithdrawAccount(id, why));
  }
}
