import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Operation } from '@shuzheng/platform';
import { EndSessionsOf, SessionsEnded, SessionsToEnd } from '../commands/end-sessions.js';
import { IssuePasswordReset, ResetAsked, ResetCode } from '../commands/issue-password-reset.js';
import { IdentityLinked, LinkIdentity, LinkRemoval, SubjectToLink, UnlinkIdentity } from '../commands/link-identity.js';
import { ResetReason, ResetSecondFactor, SecondFactorReset } from '../commands/second-factor.js';
import { UnlockAccount, Unlocked } from '../commands/unlock-account.js';
import { securing } from '../managing.js';
import { Oidc } from '../oidc.js';
import { ListSignIns, SignInFilter, SignInPage } from '../queries/list-sessions.js';
import { Tokens } from '../tokens.js';

const taking = ['own-account', 'account-of-several', 'own-approver', 'second-administrator-needed'];

/** `security:manage` for anybody, `members:manage` for the own organisation's members. */
@ApiTags('security')
@Controller('accounts/:id')
export class SecurityController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
    private readonly tokens: Tokens,
    private readonly oidc: Oidc,
  ) {}

  @Post('sessions/end')
  @Operation({ name: 'identity.end-sessions', summary: '强制退出登录', permission: securing, writes: true })
  @ApiCreatedResponse({ type: SessionsEnded })
  endSessions(@Param('id', Id) id: string, @Body() { reason }: SessionsToEnd) {
    return this.commands.execute(new EndSessionsOf(id, reason));
  }

  @Get('sign-ins')
  @Operation({ name: 'identity.list-sign-ins', summary: '查询账号的登录记录', permission: securing })
  @ApiOkResponse({ type: SignInPage })
  signIns(@Param('id', Id) id: string, @Query() filter: SignInFilter) {
    return this.queries.execute(new ListSignIns(id, filter));
  }

  @Post('unlock')
  @Operation({ name: 'identity.unlock-account', summary: '解除锁定', permission: securing, writes: true })
  @ApiCreatedResponse({ type: Unlocked })
  unlock(@Param('id', Id) id: string) {
    return this.commands.execute(new UnlockAccount(id));
  }

  @Post('password-resets')
  @Operation({
    name: 'identity.issue-password-reset',
    summary: '签发一次性密码重设码',
    permission: securing,
    writes: true,
    refusals: taking,
  })
  @ApiCreatedResponse({ type: ResetCode })
  async issueReset(@Param('id', Id) id: string, @Body() { reason }: ResetAsked): Promise<ResetCode> {
    const issued = await this.commands.execute(new IssuePasswordReset(id, reason));
    return { ...issued, code: this.tokens.code('reset', issued.resetId) };
  }

  @Post('second-factor/reset')
  @Operation({
    name: 'identity.reset-second-factor',
    summary: '重设动态口令',
    permission: securing,
    writes: true,
    refusals: [...taking, 'second-factor-absent'],
  })
  @ApiCreatedResponse({ type: SecondFactorReset })
  resetSecondFactor(@Param('id', Id) id: string, @Body() { reason }: ResetReason) {
    return this.commands.execute(new ResetSecondFactor(id, reason));
  }

  @Post('external-identity')
  @Operation({
    name: 'identity.link-identity',
    summary: '为账号关联统一身份认证',
    permission: securing,
    writes: true,
    refusals: [...taking, 'identity-linked', 'oidc-not-configured'],
  })
  @ApiCreatedResponse({ type: IdentityLinked })
  link(@Param('id', Id) id: string, @Body() { subject }: SubjectToLink) {
    const identity = { issuer: this.oidc.issuer, digest: this.oidc.digest(subject) };
    return this.commands.execute(new LinkIdentity(id, identity, 'manager'));
  }

  @Post('external-identity/remove')
  @Operation({
    name: 'identity.unlink-identity',
    summary: '解除账号与统一身份认证的关联',
    permission: securing,
    writes: true,
    refusals: ['identity-absent'],
  })
  @ApiCreatedResponse({ type: IdentityLinked })
  unlink(@Param('id', Id) id: string, @Body() { reason }: LinkRemoval) {
    return this.commands.execute(new UnlinkIdentity(id, 'manager', reason));
  }
}
