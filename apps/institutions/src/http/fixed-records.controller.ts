import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Operation } from '@shuzheng/platform';
import { allCities, allDocumentKinds, Cities, DocumentKinds } from '../data/fixed-records.js';

@ApiTags('rules')
@Controller()
export class FixedRecordsController {
  @Get('cities')
  @Operation({ name: 'institutions.list-cities', summary: '查询设区的市及其来源', permission: 'public' })
  @ApiOkResponse({ type: Cities })
  cities(): Cities {
    return allCities();
  }

  @Get('document-kinds')
  @Operation({
    name: 'institutions.list-document-kinds',
    summary: '查询证件类型、号码形式及其来源',
    permission: 'public',
  })
  @ApiOkResponse({ type: DocumentKinds })
  documentKinds(): DocumentKinds {
    return allDocumentKinds();
  }
}
