import { Body, Controller, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Operation, Personal } from '@shuzheng/platform';
import { LearnerReceipt, NewLearner, RegisterLearner } from '../commands/register-learner.js';
import { LearnerTries } from '../learner-tries.js';
import { Passwords } from '../passwords.js';

@ApiTags('learners')
@Controller('learners')
export class LearnersController {
  constructor(
    private readonly commands: Commands,
    private readonly passwords: Passwords,
    private readonly personal: Personal,
    private readonly tries: LearnerTries,
  ) {}

  @Post()
  @Operation({
    name: 'identity.register-learner',
    summary: '学员凭激活码注册',
    permission: 'public',
    writes: true,
    refusals: ['activation-unknown', 'learner-registered', 'login-name-taken', 'password-weak'],
  })
  @ApiCreatedResponse({ type: LearnerReceipt })
  register(@Body() learner: NewLearner) {
    const numberIndex = this.personal.numberIndex(learner.documentKind, learner.documentNumber);
    return this.tries.counted(numberIndex, async () => {
      const passwordHash = await this.passwords.hash(learner.password);
      return this.commands.execute(new RegisterLearner(learner, numberIndex, passwordHash));
    });
  }
}
