import { Body, Controller, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Operation } from '@shuzheng/platform';
import { Bootstrap, FirstAccount, FirstAdministrator } from '../commands/bootstrap.js';
import { Passwords } from '../passwords.js';

@ApiTags('accounts')
@Controller('bootstrap')
export class BootstrapController {
  constructor(
    private readonly commands: Commands,
    private readonly passwords: Passwords,
  ) {}

  @Post()
  @Operation({
    name: 'identity.bootstrap',
    summary: '凭一次性代码开通首位系统管理员',
    permission: 'public',
    writes: true,
    refusals: ['bootstrap-done', 'bootstrap-code-wrong', 'password-weak'],
  })
  @ApiCreatedResponse({ type: FirstAdministrator })
  async bootstrap(@Body() account: FirstAccount) {
    const passwordHash = await this.passwords.hash(account.password);
    return this.commands.execute(new Bootstrap(account, passwordHash));
  }
}
