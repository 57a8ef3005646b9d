import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Operation } from '@shuzheng/platform';
import { ApplicationReceipt, ApplyForExam } from '../commands/apply-for-exam.js';
import { WithdrawalReceipt, WithdrawApplication } from '../commands/withdraw-application.js';
import { CandidateQuestion, CandidatesFound, FindCandidates } from '../queries/find-candidates.js';
import { CommitmentView, FindCommitment } from '../queries/find-commitment.js';
import { ListMyApplications, MyApplicationFilter, MyApplicationPage } from '../queries/list-my-applications.js';

@ApiTags('applications')
@Controller()
export class ApplicationsController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
  ) {}

  @Get('commitment')
  @Operation({ name: 'assessment.find-commitment', summary: '现行告知承诺书', permission: 'public' })
  @ApiOkResponse({ type: CommitmentView })
  commitment() {
    return this.queries.execute(new FindCommitment());
  }

  @Post('applications')
  @Operation({
    name: 'assessment.apply-for-exam',
    summary: '本人申报考核并作出承诺',
    permission: 'applications:apply',
    writes: true,
    refusals: [
      'not-in-person',
      'commitment-not-accepted',
      'commitment-text-changed',
      'session-closed',
      'session-full',
      'class-not-completed',
      'enrolment-withdrawn',
      'training-certificate-revoked',
      'subject-differs',
      'conditions-unverified',
      'condition-unknown',
      'already-applied',
      'dishonest-record',
    ],
  })
  @ApiCreatedResponse({ type: ApplicationReceipt })
  apply(@Body() command: ApplyForExam) {
    return this.commands.execute(command);
  }

  @Get('applications/mine')
  @Operation({ name: 'assessment.list-my-applications', summary: '我的申报', permission: 'applications:apply' })
  @ApiOkResponse({ type: MyApplicationPage })
  mine(@Query() filter: MyApplicationFilter) {
    return this.queries.execute(new ListMyApplications(filter));
  }

  @Post('applications/:id/withdraw')
  @Operation({
    name: 'assessment.withdraw-application',
    summary: '撤回本人的申报和承诺',
    permission: 'applications:apply',
    writes: true,
    refusals: ['session-closed', 'application-ended'],
  })
  @ApiCreatedResponse({ type: WithdrawalReceipt })
  withdraw(@Param('id', Id) id: string) {
    return this.commands.execute(new WithdrawApplication(id));
  }

  @Post('candidates/lookup')
  @Operation({
    name: 'assessment.find-candidates',
    summary: '按证件号码和姓名查找考生',
    permission: 'sessions:read',
    writes: true,
    repeatable: true,
    status: 200,
  })
  @ApiOkResponse({ type: CandidatesFound })
  lookup(@Body() question: CandidateQuestion) {
    return this.queries.execute(new FindCandidates(question));
  }
}
