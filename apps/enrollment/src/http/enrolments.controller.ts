import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Operation } from '@shuzheng/platform';
import { UnmaskedNumber, UnmaskingReason, UnmaskNumber } from '../commands/unmask-number.js';
import { WithdrawalReason, WithdrawEnrolment, WithdrawnReceipt } from '../commands/withdraw-enrolment.js';

@ApiTags('enrolments')
@Controller('enrolments')
export class EnrolmentsController {
  constructor(private readonly commands: Commands) {}

  @Post(':id/withdraw')
  @Operation({
    name: 'enrollment.withdraw-enrolment',
    summary: '退班',
    permission: 'roster:manage',
    writes: true,
    refusals: ['enrolment-not-live'],
  })
  @ApiCreatedResponse({ type: WithdrawnReceipt })
  withdraw(@Param('id', Id) id: string, @Body() { reason }: WithdrawalReason) {
    return this.commands.execute(new WithdrawEnrolment(id, reason));
  }

  @Post(':id/unmask')
  @Operation({
    name: 'enrollment.unmask-number',
    summary: '查看完整证件号码，记录理由',
    permission: 'roster:unmask',
    writes: true,
    repeatable: true,
  })
  @ApiCreatedResponse({ type: UnmaskedNumber })
  unmask(@Param('id', Id) id: string, @Body() { reason }: UnmaskingReason) {
    return this.commands.execute(new UnmaskNumber(id, reason));
  }
}
