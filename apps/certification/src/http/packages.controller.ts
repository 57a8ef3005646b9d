import { Body, Controller, Get, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Day } from '@shuzheng/contracts';
import { Commands, Id, Invalid, Operation, XLSX } from '@shuzheng/platform';
import { RecordReply, ReplyReceipt } from '../commands/record-reply.js';
import { realDay } from '../data/real-day.js';
import { DownloadPackage } from '../queries/download-package.js';
import { DraftReply } from '../queries/draft-reply.js';
import { FindPackage, PackageManifest } from '../queries/find-package.js';
import { ListPackages, PackageFilter, PackagePage } from '../queries/list-packages.js';
import { readReply, workbookCodes } from './read-reply.js';

const binary = { schema: { type: 'string', format: 'binary' } as const };

export class ReplyDates {
  @Day({ description: '国家办公室审核通过日期' }) readonly approvedOn!: string;
  @Day({ optional: true, description: '收到回复的日期，默认当天' }) readonly receivedOn?: string;
}

@ApiTags('packages')
@Controller('packages')
export class PackagesController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @Operation({ name: 'certification.list-packages', summary: '上报包及其审核结果', permission: 'batches:read' })
  @ApiOkResponse({ type: PackagePage })
  list(@Query() filter: PackageFilter) {
    return this.queries.execute(new ListPackages(filter));
  }

  @Get(':id')
  @Operation({ name: 'certification.find-package', summary: '上报包的清单', permission: 'batches:read' })
  @ApiOkResponse({ type: PackageManifest })
  find(@Param('id', Id) id: string) {
    return this.queries.execute(new FindPackage(id));
  }

  @Get(':id/file')
  @Operation({ name: 'certification.download-package', summary: '下载上报文件', permission: 'packages:send' })
  @ApiProduces(XLSX)
  @ApiOkResponse(binary)
  async file(@Param('id', Id) id: string) {
    const { bytes, fileName } = await this.queries.execute(new DownloadPackage(id));
    return workbook(bytes, fileName);
  }

  @Get(':id/reply.xlsx')
  @Operation({
    name: 'certification.draft-reply',
    summary: '下载待填写的审核回复，登记行号已填好',
    permission: 'replies:record',
  })
  @ApiProduces(XLSX)
  @ApiOkResponse(binary)
  async draft(@Param('id', Id) id: string) {
    return workbook(await this.queries.execute(new DraftReply(id)), 'reply.xlsx');
  }

  @Post(':id/replies')
  @Operation({
    name: 'certification.record-reply',
    summary: '登记国家办公室的审核结果',
    permission: 'replies:record',
    writes: true,
    refusals: [
      ...workbookCodes,
      'reply-recorded',
      'approved-before-sent',
      'approved-in-future',
      'received-in-future',
      'reply-rows-wrong',
    ],
  })
  @ApiConsumes(XLSX)
  @ApiBody(binary)
  @ApiCreatedResponse({ type: ReplyReceipt })
  async record(@Param('id', Id) id: string, @Query() dates: ReplyDates, @Body() bytes: Buffer) {
    if (!Buffer.isBuffer(bytes)) throw new Invalid([{ field: 'body', check: 'workbook' }]);
    const approvedOn = realDay('approvedOn', dates.approvedOn);
    const receivedOn = dates.receivedOn === undefined ? undefined : realDay('receivedOn', dates.receivedOn);
    const lines = await readReply(bytes);
    return this.commands.execute(new RecordReply(id, { lines, bytes, approvedOn, receivedOn }));
  }
}

const workbook = (bytes: Buffer, fileName: string) =>
  new StreamableFile(bytes, { type: XLSX, disposition: `attachment; filename="${fileName}"`, length: bytes.length });
