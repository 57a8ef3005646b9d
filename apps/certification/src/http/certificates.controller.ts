import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Operation } from '@shuzheng/platform';
import { CorrectionRequest, CorrectionRequested, RequestCorrection } from '../commands/request-correction.js';
import { RequestRevocation, RevocationRequest, RevocationRequested } from '../commands/request-revocation.js';
import { CertificateDetail, FindCertificate } from '../queries/find-certificate.js';
import { CheckCodeView, FindCheckCode } from '../queries/find-check-code.js';
import { CredentialVersion, FindCredential } from '../queries/find-credential.js';
import { CertificateFilter, CertificatePage, ListCertificates } from '../queries/list-certificates.js';

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

  @Post(':id/corrections')
  @Operation({
    name: 'certification.request-correction',
    summary: '申请更正',
    permission: 'certificates:amend',
    writes: true,
    refusals: [
      'certificate-revoked',
      'correction-changes-nothing',
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

  @Post(':id/revocations')
  @Operation({
    name: 'certification.request-revocation',
    summary: '申请撤销',
    permission: 'certificates:amend',
    writes: true,
    refusals: ['certificate-revoked'],
  })
  @ApiCreatedResponse({ type: RevocationRequested })
  revoke(@Param('id', Id) id: string, @Body() request: RevocationRequest) {
    return this.commands.execute(new RequestRevocation(id, request));
  }
}
