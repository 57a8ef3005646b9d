import { Body, Controller, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import { actingAs, Commands, Database, Operation, Refused, sha256 } from '@shuzheng/platform';
import { PasswordReset, ResetUse, UsePasswordReset } from '../commands/use-password-reset.js';
import { Passwords } from '../passwords.js';
import { proven } from '../proven.js';
import { codeAsMade } from '../tokens.js';

@ApiTags('sessions')
@Controller('password-resets')
export class PasswordResetsController {
  constructor(
    private readonly commands: Commands,
    private readonly db: Database,
    private readonly passwords: Passwords,
  ) {}

  @Post('use')
  @Operation({
    name: 'identity.use-password-reset',
    summary: '凭重设码设置新密码',
    permission: 'public',
    writes: true,
    repeatable: true,
    refusals: ['reset-unknown', 'password-weak'],
  })
  @ApiCreatedResponse({ type: PasswordReset })
  async use(@Body() { code, password }: ResetUse) {
    const passwordHash = await this.passwords.hash(password);
    const [known] = await this.db.read<{ resetId: string; accountId: string }>(
      'select reset_id as "resetId", account_id as "accountId" from reset_for($1)',
      [sha256(codeAsMade(code))],
    );
    if (!known) throw new Refused(['reset-unknown']);
    const { accountId, resetId } = known;
    const command = new UsePasswordReset(accountId, resetId, password, passwordHash);
    return actingAs(proven(accountId), () => this.commands.execute(command));
  }
}
