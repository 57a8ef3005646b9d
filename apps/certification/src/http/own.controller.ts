import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Operation } from '@shuzheng/platform';
import { ListOwnCertificates, OwnCertificatePage, OwnFilter } from '../queries/list-own-certificates.js';

@ApiTags('my')
@Controller('my')
export class OwnController {
  constructor(private readonly queries: QueryBus) {}

  @Get('certificates')
  @Operation({ name: 'certification.list-own-certificates', summary: '本人的证书', permission: 'own-record:read' })
  @ApiOkResponse({ type: OwnCertificatePage })
  certificates(@Query() filter: OwnFilter) {
    return this.queries.execute(new ListOwnCertificates(filter));
  }
}
