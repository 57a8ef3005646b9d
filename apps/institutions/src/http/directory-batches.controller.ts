import { Body, Controller, Get, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Missing, Operation, XLSX } from '@shuzheng/platform';
import { cellReasons, workbookReasons, writeWorkbook } from '@shuzheng/workbooks';
import { BatchNote, BatchReceipt, RecordDirectoryBatch } from '../commands/record-directory-batch.js';
import { DirectoryReader } from '../data/directory-reader.js';
import { directoryTemplate } from '../data/directory-template.js';
import { directoryRowRules } from '../domain/checking-directory-rows.js';
import {
  DirectoryBatchFilter,
  DirectoryBatchPage,
  DirectoryBatchView,
  ListDirectoryBatches,
} from '../queries/list-directory-batches.js';

const EMPTY_ROWS = 100;

@ApiTags('directory')
@Controller()
export class DirectoryBatchesController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
    private readonly reader: DirectoryReader,
  ) {}

  @Post('directory-batches')
  @Operation({
    name: 'institutions.record-directory-batch',
    summary: '上传一批目录（.xlsx）：全部录入，或逐行说明原因后一行也不录入',
    permission: 'directory:manage',
    writes: true,
    refusals: [
      'directory-rows-wrong',
      'directory-batch-differs',
      ...directoryRowRules,
      ...Object.keys({ ...workbookReasons, ...cellReasons }),
    ],
  })
  @ApiConsumes(XLSX)
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiCreatedResponse({ type: BatchReceipt })
  async upload(@Query() note: BatchNote, @Body() bytes: Buffer) {
    const list = await this.reader.read(bytes);
    return this.commands.execute(new RecordDirectoryBatch(bytes, list, note));
  }

  @Get('directory-batches')
  @Operation({ name: 'institutions.list-directory-batches', summary: '查询已录入的目录批次', permission: 'public' })
  @ApiOkResponse({ type: DirectoryBatchPage })
  list(@Query() filter: DirectoryBatchFilter) {
    return this.queries.execute(new ListDirectoryBatches(filter));
  }

  @Get('directory-batches/:id')
  @Operation({ name: 'institutions.find-directory-batch', summary: '查看目录批次', permission: 'public' })
  @ApiOkResponse({ type: DirectoryBatchView })
  async find(@Param('id', Id) id: string) {
    const { items } = await this.queries.execute(new ListDirectoryBatches({}, id));
    const [found] = items;
    if (!found) throw new Missing();
    return found;
  }

  @Get('directory-template.xlsx')
  @Operation({ name: 'institutions.download-directory-template', summary: '下载目录模板', permission: 'public' })
  @ApiProduces(XLSX)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async template() {
    const bytes = await writeWorkbook(directoryTemplate, [], { emptyRows: EMPTY_ROWS });
    return new StreamableFile(bytes, { type: XLSX, disposition: 'attachment; filename="directory-template.xlsx"' });
  }
}
