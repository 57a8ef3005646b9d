import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Operation } from '@shuzheng/platform';
import { AcceptInvitation, Acceptance, InvitationAccepted } from '../commands/accept-invitation.js';
import { InvitationCode, Invite, NewInvitation } from '../commands/invite.js';
import { WithdrawalReason } from '../commands/withdraw-account.js';
import { InvitationWithdrawal, WithdrawInvitation } from '../commands/withdraw-invitation.js';
import { managing } from '../managing.js';
import { Passwords } from '../passwords.js';
import { InvitationFilter, InvitationPage, ListInvitations } from '../queries/list-invitations.js';
import { Tokens } from '../tokens.js';

/** `accounts:manage` everywhere, or `members:manage` in the own organisation. */
@ApiTags('invitations')
@Controller('invitations')
export class InvitationsController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
    private readonly passwords: Passwords,
    private readonly tokens: Tokens,
  ) {}

  @Post()
  @Operation({
    name: 'identity.invite',
    summary: '邀请同事',
    permission: managing,
    writes: true,
    refusals: ['roles-missing', 'role-not-of-organisation', 'roles-combined', 'manager-apart', 'own-approver'],
  })
  @ApiCreatedResponse({ type: InvitationCode })
  async invite(@Body() invitation: NewInvitation): Promise<InvitationCode> {
    const receipt = await this.commands.execute(new Invite(invitation));
    return { ...receipt, code: this.tokens.code('invitation', receipt.invitationId) };
  }

  @Get()
  @Operation({ name: 'identity.list-invitations', summary: '查询邀请', permission: managing })
  @ApiOkResponse({ type: InvitationPage })
  list(@Query() filter: InvitationFilter) {
    return this.queries.execute(new ListInvitations(filter));
  }

  @Post('accept')
  @Operation({
    name: 'identity.accept-invitation',
    summary: '凭邀请码开通账号，或以已登录的账号加入单位',
    permission: 'public',
    writes: true,
    refusals: [
      'invitation-unknown',
      'login-name-taken',
      'password-weak',
      'own-role',
      'roles-combined',
      'role-not-of-organisation',
      'manager-apart',
      'membership-exists',
    ],
  })
  @ApiCreatedResponse({ type: Acceptance })
  async accept(@Body() accepted: InvitationAccepted) {
    const { password } = accepted;
    const passwordHash = password === undefined ? undefined : await this.passwords.hash(password);
    return this.commands.execute(new AcceptInvitation(accepted, passwordHash));
  }

  @Post(':id/withdraw')
  @Operation({
    name: 'identity.withdraw-invitation',
    summary: '撤回邀请',
    permission: managing,
    writes: true,
    refusals: ['invitation-settled'],
  })
  @ApiCreatedResponse({ type: InvitationWithdrawal })
  withdraw(@Param('id', Id) id: string, @Body() { reason }: WithdrawalReason) {
    return this.commands.execute(new WithdrawInvitation(id, reason));
  }
}
