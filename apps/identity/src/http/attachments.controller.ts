import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Operation } from '@shuzheng/platform';
import {
  AttachmentEnd,
  AttachmentEnded,
  AttachmentReceipt,
  DeclareAttachment,
  EndAttachment,
} from '../commands/declare-attachment.js';
import { AttachmentFilter, AttachmentPage, ListAttachments } from '../queries/list-attachments.js';

/** One declares for oneself; a user manager of the department or bureau, for its members. */
@ApiTags('attachments')
@Controller('attachments')
export class AttachmentsController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  @Operation({
    name: 'identity.declare-attachment',
    summary: '登记派驻、挂职或兼职',
    permission: 'signed-in',
    writes: true,
    refusals: ['attachment-not-department', 'attachment-to-institution', 'dates-order', 'attachment-overlaps'],
  })
  @ApiCreatedResponse({ type: AttachmentReceipt })
  declare(@Body() command: DeclareAttachment) {
    return this.commands.execute(command);
  }

  @Get()
  @Operation({ name: 'identity.list-attachments', summary: '查询派驻、挂职或兼职登记', permission: 'signed-in' })
  @ApiOkResponse({ type: AttachmentPage })
  list(@Query() filter: AttachmentFilter) {
    return this.queries.execute(new ListAttachments(filter));
  }

  @Post(':id/end')
  @Operation({
    name: 'identity.end-attachment',
    summary: '结束派驻、挂职或兼职',
    permission: 'signed-in',
    writes: true,
    refusals: ['attachment-ended', 'dates-order'],
  })
  @ApiCreatedResponse({ type: AttachmentEnded })
  end(@Param('id', Id) id: string, @Body() { to }: AttachmentEnd) {
    return this.commands.execute(new EndAttachment(id, to));
  }
}
