import { Body, Controller, Get, Post, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { actor, Commands, Operation, type Request } from '@shuzheng/platform';
import { ChangePassword, PasswordChange, PasswordChanged } from '../commands/change-password.js';
import { originOf } from '../origin.js';
import { Passwords } from '../passwords.js';
import { Me, ShowMe } from '../queries/show-me.js';
import { SigningIn } from '../signing-in.js';

@ApiTags('me')
@Controller('me')
export class MeController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
    private readonly passwords: Passwords,
    private readonly signingIn: SigningIn,
  ) {}

  @Get()
  @Operation({ name: 'identity.show-me', summary: '我的账号、单位与权限', permission: 'signed-in' })
  @ApiOkResponse({ type: Me })
  show() {
    return this.queries.execute(new ShowMe());
  }

  @Post('password')
  @Operation({
    name: 'identity.change-password',
    summary: '修改密码',
    permission: 'signed-in',
    writes: true,
    repeatable: true,
    refusals: ['password-wrong', 'password-weak'],
  })
  @ApiCreatedResponse({ type: PasswordChanged })
  async changePassword(@Req() request: Request, @Body() { current, password }: PasswordChange) {
    const { accountId = '' } = actor();
    const currentIsRight = await this.signingIn.isPasswordOf(accountId, current, originOf(request));
    const { sessionId = '' } = request;
    const passwordHash = await this.passwords.hash(password);
    return this.commands.execute(new ChangePassword(accountId, sessionId, { currentIsRight, password, passwordHash }));
  }
}
