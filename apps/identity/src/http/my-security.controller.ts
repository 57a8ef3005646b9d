import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Text } from '@shuzheng/contracts';
import { actor, Commands, Operation, type Request } from '@shuzheng/platform';
import { EndOwnSessions, OwnSessionsToEnd, SessionsEnded } from '../commands/end-sessions.js';
import { IdentityLinked, UnlinkIdentity } from '../commands/link-identity.js';
import {
  ConfirmSecondFactor,
  EnrollSecondFactor,
  RecoveryCodes,
  RemoveSecondFactor,
  SecondFactorCode,
  SecondFactorOffer,
} from '../commands/second-factor.js';
import { Oidc } from '../oidc.js';
import {
  ListMySessions,
  ListSignIns,
  SessionFilter,
  SessionPage,
  SignInFilter,
  SignInPage,
} from '../queries/list-sessions.js';
import { MyPermissions, ShowMyPermissions } from '../queries/show-permissions.js';
import { SecondFactors } from '../second-factors.js';

export class Redirection {
  @Text(1, 4000, { description: '请在浏览器中打开' }) readonly url!: string;
}

/** As much of an answer as is set here. */
interface Reply {
  header(name: string, value: string): unknown;
}

@ApiTags('me')
@Controller('me')
export class MySecurityController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
    private readonly factors: SecondFactors,
    private readonly oidc: Oidc,
  ) {}

  @Get('permissions')
  @Operation({
    name: 'identity.show-my-permissions',
    summary: '我有哪些权限，缺的由哪个角色取得',
    permission: 'signed-in',
  })
  @ApiOkResponse({ type: MyPermissions })
  permissions() {
    return this.queries.execute(new ShowMyPermissions());
  }

  @Get('sessions')
  @Operation({ name: 'identity.list-my-sessions', summary: '我在哪些设备上登录', permission: 'signed-in' })
  @ApiOkResponse({ type: SessionPage })
  sessions(@Req() { sessionId = '' }: Request, @Query() filter: SessionFilter) {
    return this.queries.execute(new ListMySessions(sessionId, filter));
  }

  @Post('sessions/end')
  @Operation({ name: 'identity.end-my-sessions', summary: '结束我的其他登录', permission: 'signed-in', writes: true })
  @ApiCreatedResponse({ type: SessionsEnded })
  endSessions(@Req() { sessionId = '' }: Request, @Body() which: OwnSessionsToEnd) {
    return this.commands.execute(new EndOwnSessions(sessionId, which));
  }

  @Get('sign-ins')
  @Operation({ name: 'identity.list-my-sign-ins', summary: '我的登录记录', permission: 'signed-in' })
  @ApiOkResponse({ type: SignInPage })
  signIns(@Query() filter: SignInFilter) {
    return this.queries.execute(new ListSignIns(undefined, filter));
  }

  @Post('second-factor')
  @Operation({
    name: 'identity.enroll-second-factor',
    summary: '开始启用动态口令',
    permission: 'signed-in',
    writes: true,
    repeatable: true,
    refusals: ['second-factor-exists'],
  })
  @ApiCreatedResponse({ type: SecondFactorOffer })
  async enroll(): Promise<SecondFactorOffer> {
    const secret = this.factors.newSecret();
    const label = await this.commands.execute(new EnrollSecondFactor(secret));
    return { uri: this.factors.uri(secret, label) };
  }

  @Post('second-factor/confirm')
  @Operation({
    name: 'identity.confirm-second-factor',
    summary: '以一个动态口令确认启用',
    permission: 'signed-in',
    writes: true,
    repeatable: true,
    refusals: ['second-factor-absent', 'second-factor-exists', 'second-factor-wrong'],
  })
  @ApiCreatedResponse({ type: RecoveryCodes })
  async confirm(@Body() { code }: SecondFactorCode): Promise<RecoveryCodes> {
    const recoveryCodes = this.factors.newRecoveryCodes();
    await this.commands.execute(new ConfirmSecondFactor(code, recoveryCodes));
    return { recoveryCodes };
  }

  @Post('second-factor/remove')
  @Operation({
    name: 'identity.remove-second-factor',
    summary: '停用动态口令',
    permission: 'signed-in',
    writes: true,
    repeatable: true,
    status: 204,
    refusals: ['second-factor-absent', 'second-factor-required', 'second-factor-wrong'],
  })
  @ApiNoContentResponse()
  async remove(@Body() { code }: SecondFactorCode) {
    await this.commands.execute(new RemoveSecondFactor(code));
  }

  @Post('external-identity')
  @Operation({
    name: 'identity.link-my-identity',
    summary: '关联统一身份认证',
    permission: 'signed-in',
    writes: true,
    repeatable: true,
    refusals: ['oidc-not-configured'],
  })
  @ApiCreatedResponse({ type: Redirection })
  async link(@Res({ passthrough: true }) reply: Reply): Promise<Redirection> {
    const { url, cookie } = await this.oidc.begin(actor().accountId);
    reply.header('set-cookie', cookie);
    return { url };
  }

  @Post('external-identity/remove')
  @Operation({
    name: 'identity.unlink-my-identity',
    summary: '解除与统一身份认证的关联',
    permission: 'signed-in',
    writes: true,
    refusals: ['identity-absent'],
  })
  @ApiCreatedResponse({ type: IdentityLinked })
  unlink() {
    return this.commands.execute(new UnlinkIdentity(actor().accountId ?? '', 'owner', '本人解除'));
  }
}
