import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Operation } from '@shuzheng/platform';
import { MovedReceipt, MoveEnrolment, MoveInput } from '../commands/move-enrolment.js';
import { ProofReceipt, ProveHours } from '../commands/prove-hours.js';
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
    refusals: ['enrolment-not-live', 'reason-text-missing'],
  })
  @ApiCreatedResponse({ type: WithdrawnReceipt })
  withdraw(@Param('id', Id) id: string, @Body() why: WithdrawalReason) {
    return this.commands.execute(new WithdrawEnrolment(id, why));
  }

  @Post(':id/move')
  @Operation({
    name: 'enrollment.move-enrolment',
    summary: '转入本单位的另一个培训班',
    permission: 'roster:manage',
    writes: true,
    refusals: [
      'enrolment-not-live',
      'move-same-class',
      'move-subject-differs',
      'class-not-enrolling',
      'late-entry-closed',
      'late-entry-reason-missing',
      'class-full',
      'already-enrolled',
      'overlapping-class',
    ],
  })
  @ApiCreatedResponse({ type: MovedReceipt })
  move(@Param('id', Id) id: string, @Body() input: MoveInput) {
    return this.commands.execute(new MoveEnrolment(id, input));
  }

  @Post(':id/hours-proofs')
  @Operation({
    name: 'enrollment.prove-hours',
    summary: '出具学时证明（不是证书）',
    permission: 'training-certificates:issue',
    writes: true,
    refusals: ['class-not-begun'],
  })
  @ApiCreatedResponse({ type: ProofReceipt })
  prove(@Param('id', Id) id: string) {
    return this.commands.execute(new ProveHours(id));
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
