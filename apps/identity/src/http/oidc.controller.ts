import { Body, Controller, Get, Post, Redirect, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Text, Uuid } from '@shuzheng/contracts';
import { actingAs, Commands, Database, Operation, type Request } from '@shuzheng/platform';
import { LinkIdentity } from '../commands/link-identity.js';
import { OpenSession, type SessionAsked } from '../commands/open-session.js';
import { SignedIn } from '../data/signed-in.js';
import { Oidc } from '../oidc.js';
import { originOf } from '../origin.js';
import { proven } from '../proven.js';
import { MayNotSignIn, orRefuse, sessionOf } from './signing-in-problem.js';

export class SecondProof {
  @Text(6, 40, { description: '6 位动态口令，或一个恢复码' }) readonly secondFactor!: string;
  @Uuid({ optional: true, description: '属于多个单位时，代表哪一个；缺省为最先加入的' })
  readonly organisationId?: string;
}

/** As much of an answer as is set here. */
interface Reply {
  header(name: string, value: string): unknown;
}

@ApiTags('sessions')
@Controller('sign-in/oidc')
export class OidcController {
  constructor(
    private readonly commands: Commands,
    private readonly db: Database,
    private readonly oidc: Oidc,
  ) {}

  @Get()
  @Operation({
    name: 'identity.begin-oidc',
    summary: '前往统一身份认证',
    permission: 'public',
    writes: true,
    repeatable: true,
    status: 302,
    refusals: ['oidc-not-configured'],
  })
  @ApiResponse({ status: 302, description: '转到统一身份认证' })
  @Redirect()
  async begin(@Res({ passthrough: true }) reply: Reply) {
    const { url, cookie } = await this.oidc.begin();
    reply.header('set-cookie', cookie);
    return { url, statusCode: 302 };
  }

  @Get('callback')
  @Operation({
    name: 'identity.finish-oidc',
    summary: '统一身份认证完成后返回',
    permission: 'public',
    writes: true,
    repeatable: true,
    status: 200,
    refusals: ['oidc-not-configured', 'identity-linked'],
  })
  @ApiOkResponse({ type: SignedIn })
  @MayNotSignIn('oidc-failed', 'oidc-not-linked', 'second-factor-needed', 'sign-in-failed')
  async finish(@Req() request: Request, @Res({ passthrough: true }) reply: Reply) {
    reply.header('set-cookie', this.oidc.clearing);
    const query = request.url.split('?')[1] ?? '';
    const { digest, twice, link } = await this.oidc.finish(query, request.headers.cookie);
    if (link) {
      const identity = { issuer: this.oidc.issuer, digest };
      await actingAs(proven(link), () => this.commands.execute(new LinkIdentity(link, identity, 'owner')));
    }
    const [linked] = await this.db.read<{ accountId: string | null }>('select linked_account($1) as "accountId"', [
      digest,
    ]);
    const accountId = orRefuse(linked?.accountId, 'oidc-not-linked');
    const opened = await this.open(accountId, { method: 'oidc', origin: originOf(request), twice });
    if ('refused' in opened && opened.refused === 'second-factor-needed')
      reply.header('set-cookie', this.oidc.proofOf(accountId));
    return sessionOf(opened);
  }

  @Post('second-factor')
  @Operation({
    name: 'identity.finish-oidc-twice',
    summary: '统一身份认证之后以动态口令完成登录',
    permission: 'public',
    writes: true,
    repeatable: true,
    refusals: ['oidc-not-configured'],
  })
  @ApiCreatedResponse({ type: SignedIn })
  @MayNotSignIn('oidc-failed', 'sign-in-failed')
  async finishTwice(
    @Req() request: Request,
    @Body() { secondFactor, organisationId }: SecondProof,
    @Res({ passthrough: true }) reply: Reply,
  ) {
    const accountId = this.oidc.proven(request.headers.cookie);
    const asked = { method: 'oidc', origin: originOf(request), secondFactor, organisationId } as const;
    const session = sessionOf(await this.open(accountId, asked));
    reply.header('set-cookie', this.oidc.clearingProof);
    return session;
  }

  private open(accountId: string, asked: SessionAsked) {
    return actingAs(proven(accountId), () => this.commands.execute(new OpenSession(accountId, asked)));
  }
}
