import { Body, Controller, Delete, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { Text, Uuid } from '@shuzheng/contracts';
import { actingAs, Commands, Database, Operation, type Request, sha256 } from '@shuzheng/platform';
import { EndSession } from '../commands/end-session.js';
import { OpenClientSession } from '../commands/open-client-session.js';
import { OpenSession } from '../commands/open-session.js';
import { RefreshSession } from '../commands/refresh-session.js';
import { ClientSignedIn, SignedIn } from '../data/signed-in.js';
import { originOf } from '../origin.js';
import { proven } from '../proven.js';
import { SigningIn } from '../signing-in.js';
import { MayNotSignIn, orRefuse, sessionOf } from './signing-in-problem.js';

export class SignIn {
  @Text(1, 80) readonly loginName!: string;
  @Text(1, 200) readonly password!: string;
  @Uuid({ optional: true, description: '属于多个单位时，代表哪一个；缺省为最先加入的' })
  readonly organisationId?: string;
  @Text(6, 40, { optional: true, description: '启用动态口令的账号：6 位动态口令，或一个恢复码' })
  readonly secondFactor?: string;
}

export class Refresh {
  @Text(1, 200) readonly refreshToken!: string;
}

@ApiTags('sessions')
@Controller('sessions')
export class SessionsController {
  constructor(
    private readonly commands: Commands,
    private readonly signingIn: SigningIn,
    private readonly db: Database,
  ) {}

  @Post()
  @Operation({
    name: 'identity.sign-in',
    summary: '以登录名和密码登录',
    permission: 'public',
    writes: true,
    repeatable: true,
  })
  @ApiCreatedResponse({ type: SignedIn })
  @MayNotSignIn('sign-in-failed', 'second-factor-needed')
  async signIn(@Req() request: Request, @Body() { loginName, password, organisationId, secondFactor }: SignIn) {
    const origin = originOf(request);
    const accountId = await this.signingIn.accountOf(loginName, password, origin);
    const asked = { method: 'password', origin, organisationId, secondFactor } as const;
    return sessionOf(await actingAs(proven(accountId), () => this.commands.execute(new OpenSession(accountId, asked))));
  }

  @Post('refresh')
  @Operation({
    name: 'identity.refresh-session',
    summary: '换取新的令牌',
    permission: 'public',
    writes: true,
    repeatable: true,
  })
  @ApiCreatedResponse({ type: SignedIn })
  @MayNotSignIn('not-signed-in')
  async refresh(@Body() { refreshToken }: Refresh) {
    const digest = sha256(refreshToken);
    const [known] = await this.db.read<{ accountId: string; sessionId: string }>(
      'select account_id as "accountId", session_id as "sessionId" from session_of($1)',
      [digest],
    );
    const { accountId, sessionId } = orRefuse(known);
    return orRefuse(
      await actingAs(proven(accountId), () => this.commands.execute(new RefreshSession(accountId, sessionId, digest))),
    );
  }

  @Post('client')
  @Operation({
    name: 'identity.sign-in-client',
    summary: '接口程序以密钥换取令牌',
    permission: 'public',
    writes: true,
    repeatable: true,
  })
  @ApiCreatedResponse({ type: ClientSignedIn })
  @MayNotSignIn('sign-in-failed')
  async signInClient(@Body() command: OpenClientSession) {
    return orRefuse(await this.commands.execute(command), 'sign-in-failed');
  }

  @Delete('current')
  @Operation({
    name: 'identity.sign-out',
    summary: '退出登录',
    permission: 'signed-in',
    writes: true,
    repeatable: true,
    status: 204,
  })
  @ApiNoContentResponse()
  async signOut(@Req() { sessionId = '' }: Request) {
    await this.commands.execute(new EndSession(sessionId));
  }
}
