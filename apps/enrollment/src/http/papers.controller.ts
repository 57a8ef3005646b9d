import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Operation } from '@shuzheng/platform';
import {
  CorrectedCertificate,
  CorrectionInput,
  CorrectTrainingCertificate,
} from '../commands/correct-training-certificate.js';
import { DecideCertificateRevocation, DecidedRevocation } from '../commands/decide-certificate-revocation.js';
import {
  ProposeCertificateRevocation,
  RevocationInput,
  RevocationReceipt,
} from '../commands/propose-certificate-revocation.js';
import { CheckHoursProof, ProofStanding, ProofToCheck } from '../queries/check-hours-proof.js';
import { FindTrainingCertificate, WholeTrainingCertificate } from '../queries/find-training-certificate.js';
import { HoursProofFilter, HoursProofPage, ListHoursProofs } from '../queries/list-hours-proofs.js';
import {
  ListTrainingCertificates,
  TrainingCertificateFilter,
  TrainingCertificatePage,
} from '../queries/list-training-certificates.js';

/** 培训合格证书 and 学时证明 after they were issued. */
@ApiTags('training-certificates')
@Controller()
export class PapersController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
  ) {}

  @Get('training-certificates')
  @Operation({ name: 'enrollment.list-training-certificates', summary: '查询培训合格证书', permission: 'roster:read' })
  @ApiOkResponse({ type: TrainingCertificatePage })
  list(@Query() filter: TrainingCertificateFilter) {
    return this.queries.execute(new ListTrainingCertificates(filter));
  }

  @Get('training-certificates/:id')
  @Operation({
    name: 'enrollment.find-training-certificate',
    summary: '查看培训合格证书和办理经过',
    permission: 'roster:read',
  })
  @ApiOkResponse({ type: WholeTrainingCertificate })
  find(@Param('id', Id) id: string) {
    return this.queries.execute(new FindTrainingCertificate(id));
  }

  @Post('training-certificates/:id/corrections')
  @Operation({
    name: 'enrollment.correct-training-certificate',
    summary: '更正培训合格证书的编号或姓名，形成新版本',
    permission: 'training-certificates:issue',
    writes: true,
    amends: true,
    refusals: [
      'class-not-completed',
      'certificate-revoked',
      'correction-empty',
      'certificate-number-taken',
      'holder-name-differs',
    ],
  })
  @ApiCreatedResponse({ type: CorrectedCertificate })
  correct(@Param('id', Id) id: string, @Body() input: CorrectionInput) {
    return this.commands.execute(new CorrectTrainingCertificate(id, input));
  }

  @Post('training-certificates/:id/revocations')
  @Operation({
    name: 'enrollment.propose-certificate-revocation',
    summary: '提出撤销培训合格证书',
    permission: ['training-certificates:amend', 'training-certificates:issue'],
    writes: true,
    refusals: ['class-not-completed', 'certificate-revoked', 'revocation-open', 'reason-text-missing'],
  })
  @ApiCreatedResponse({ type: RevocationReceipt })
  propose(@Param('id', Id) id: string, @Body() why: RevocationInput) {
    return this.commands.execute(new ProposeCertificateRevocation(id, why));
  }

  @Post('training-certificate-revocations/:id/approve')
  @Operation({
    name: 'enrollment.approve-certificate-revocation',
    summary: '批准撤销培训合格证书（须为另一人）',
    permission: 'training-certificates:issue',
    writes: true,
    refusals: ['revocation-decided', 'same-person'],
  })
  @ApiCreatedResponse({ type: DecidedRevocation })
  approve(@Param('id', Id) id: string) {
    return this.commands.execute(new DecideCertificateRevocation(id, true));
  }

  @Post('training-certificate-revocations/:id/dismiss')
  @Operation({
    name: 'enrollment.dismiss-certificate-revocation',
    summary: '不同意或收回撤销',
    permission: ['training-certificates:amend', 'training-certificates:issue'],
    writes: true,
    refusals: ['revocation-decided'],
  })
  @ApiCreatedResponse({ type: DecidedRevocation })
  dismiss(@Param('id', Id) id: string) {
    return this.commands.execute(new DecideCertificateRevocation(id, false));
  }

  @Get('hours-proofs')
  @Operation({ name: 'enrollment.list-hours-proofs', summary: '查询学时证明', permission: 'roster:read' })
  @ApiOkResponse({ type: HoursProofPage })
  proofs(@Query() filter: HoursProofFilter) {
    return this.queries.execute(new ListHoursProofs(filter));
  }

  @Get('hours-proofs/check')
  @Operation({
    name: 'enrollment.check-hours-proof',
    summary: '凭编号和摘要核验学时证明',
    permission: 'public',
  })
  @ApiOkResponse({ type: ProofStanding })
  check(@Query() proof: ProofToCheck) {
    return this.queries.execute(new CheckHoursProof(proof));
  }
}
