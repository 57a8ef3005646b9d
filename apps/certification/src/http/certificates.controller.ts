import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Operation } from '@shuzheng/platform';
import { CorrectionRequest, CorrectionRequested, RequestCorrection } from '../commands/request-correction.js';
import {
  ReinstatementRequest,
  ReinstatementRequested,
  RequestReinstatement,
} from '../commands/request-reinstatement.js';
import { ReplacementRequest, ReplacementRequested, RequestReplacement } from '../commands/request-replacement.js';
import { RequestRevocation, RevocationRequest, RevocationRequested } from '../commands/request-revocation.js';
import { RequestSuspension, SuspensionRequest, SuspensionRequested } from '../commands/request-suspension.js';
import { realDay } from '../data/real-day.js';
import { CertificateDetail, FindCertificate } from '../queries/find-certificate.js';
import { CheckCodeView, FindCheckCode } from '../queries/find-check-code.js';
import { CredentialVersion, FindCredential } from '../queries/find-credential.js';
import { CertificateHistory, FindHistory } from '../queries/find-history.js';
import { FindValidity, Validity, ValidityDay } from '../queries/find-validity.js';
import { CertificateFilter, CertificatePage, ListCertificates } from '../queries/list-certificates.js';

const amending = { permission: 'certificates:amend', writes: true };
const open = ['certificate-revoked', 'amendment-open'];

@ApiTags('certificates')
@Controller('certificates')
export class CertificatesController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @Operation({ name: 'certification.list-certificates', summary: '查询证书', permission: 'certificates:read' })
  @ApiOkResponse({ type: CertificatePage })
  list(@Query() filter: CertificateFilter) {
    return this.queries.execute(new ListCertificates(filter));
  }

  @Get(':id')
  @Operation({ name: 'certification.find-certificate', summary: '一份证书及其各版本', permission: 'certificates:read' })
  @ApiOkResponse({ type: CertificateDetail })
  find(@Param('id', Id) id: string) {
    return this.queries.execute(new FindCertificate(id));
  }

  @Get(':id/credential')
  @Operation({
    name: 'certification.find-credential',
    summary: '可由机器验证的证书（W3C 可验证凭证）',
    permission: 'certificates:read',
  })
  @ApiOkResponse({ schema: { type: 'object', additionalProperties: true } })
  credential(@Param('id', Id) id: string, @Query() { version }: CredentialVersion) {
    return this.queries.execute(new FindCredential(id, version));
  }

  @Get(':id/check-code')
  @Operation({
    name: 'certification.find-check-code',
    summary: '登记号的校验码与验证网址',
    permission: 'certificates:read',
  })
  @ApiOkResponse({ type: CheckCodeView })
  checkCode(@Param('id', Id) id: string) {
    return this.queries.execute(new FindCheckCode(id));
  }

  @Get(':id/history')
  @Operation({
    name: 'certification.find-history',
    summary: '一份证书的全部经过与各版本',
    permission: 'certificates:read',
  })
  @ApiOkResponse({ type: CertificateHistory })
  history(@Param('id', Id) id: string) {
    return this.queries.execute(new FindHistory(id));
  }

  @Get(':id/validity')
  @Operation({
    name: 'certification.find-validity',
    summary: '某日证书是否有效、为哪一版本',
    permission: 'certificates:read',
  })
  @ApiOkResponse({ type: Validity })
  validity(@Param('id', Id) id: string, @Query() { on }: ValidityDay) {
    return this.queries.execute(new FindValidity(id, realDay('on', on)));
  }

  @Post(':id/corrections')
  @Operation({
    ...amending,
    name: 'certification.request-correction',
    summary: '申请更正',
    refusals: [
      ...open,
      'certificate-suspended',
      'correction-changes-nothing',
      'correction-field-fixed',
      'result-needs-replacement',
      'evidence-missing',
      'name-empty',
      'name-control-character',
      'name-lost-character',
      'name-too-long',
      'name-only-digits',
      'name-dot-at-edge',
    ],
  })
  @ApiCreatedResponse({ type: CorrectionRequested })
  correct(@Param('id', Id) id: string, @Body() request: CorrectionRequest) {
    return this.commands.execute(new RequestCorrection(id, request));
  }

  @Post(':id/suspensions')
  @Operation({
    ...amending,
    name: 'certification.request-suspension',
    summary: '申请暂停，须定复核日期',
    refusals: [...open, 'certificate-suspended', 'review-in-past'],
  })
  @ApiCreatedResponse({ type: SuspensionRequested })
  suspend(@Param('id', Id) id: string, @Body() request: SuspensionRequest) {
    return this.commands.execute(new RequestSuspension(id, request));
  }

  @Post(':id/reinstatements')
  @Operation({
    ...amending,
    name: 'certification.request-reinstatement',
    summary: '申请恢复已暂停的证书',
    refusals: [...open, 'certificate-not-suspended'],
  })
  @ApiCreatedResponse({ type: ReinstatementRequested })
  reinstate(@Param('id', Id) id: string, @Body() request: ReinstatementRequest) {
    return this.commands.execute(new RequestReinstatement(id, request));
  }

  @Post(':id/revocations')
  @Operation({ ...amending, name: 'certification.request-revocation', summary: '申请撤销', refusals: open })
  @ApiCreatedResponse({ type: RevocationRequested })
  revoke(@Param('id', Id) id: string, @Body() request: RevocationRequest) {
    return this.commands.execute(new RequestRevocation(id, request));
  }

  @Post(':id/replacements')
  @Operation({
    ...amending,
    name: 'certification.request-replacement',
    summary: '申请换发',
    refusals: [...open, 'certificate-suspended'],
  })
  @ApiCreatedResponse({ type: ReplacementRequested })
  replace(@Param('id', Id) id: string, @Body() request: ReplacementRequest) {
    return this.commands.execute(new RequestReplacement(id, request));
  }
}
