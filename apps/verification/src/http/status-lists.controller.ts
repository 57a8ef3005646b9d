import { Controller, Get, Headers, Injectable, Param, type PipeTransform, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiHeader, ApiOkResponse, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Missing, Operation, sha256 } from '@shuzheng/platform';
import type { FastifyReply } from 'fastify';
import { type Purpose, purposes } from '../domain/status-lists.js';
import { FindStatusList, StatusList } from '../queries/find-status-list.js';

/** The number of a list in a path. What is none names nothing. */
@Injectable()
export class ListNumber implements PipeTransform<string, number> {
  transform(text: string) {
    if (!/^(0|[1-9]\d{0,3})$/.test(text)) throw new Missing();
    return Number(text);
  }
}

@Injectable()
export class PurposeName implements PipeTransform<string, Purpose> {
  transform(text: string) {
    const purpose = purposes.find((one) => one === text);
    if (!purpose) throw new Missing();
    return purpose;
  }
}

/** A change must be seen within five seconds: no cache keeps a list longer than that without asking again. */
const cached = 'public, max-age=5, must-revalidate';

@ApiTags('status-lists')
@Controller('status-lists')
export class StatusListsController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':list/:purpose')
  @Operation({
    name: 'verification.find-status-list',
    summary: '证书状态列表：撤销、暂停（未签名）',
    permission: 'public',
  })
  @ApiParam({ name: 'list', schema: { type: 'integer', minimum: 0, maximum: 9999 } })
  @ApiParam({ name: 'purpose', enum: purposes })
  @ApiHeader({ name: 'If-None-Match', required: false, schema: { type: 'string' } })
  @ApiOkResponse({ type: StatusList })
  @ApiResponse({ status: 304, description: '与 If-None-Match 给出的相同' })
  async find(
    @Param('list', ListNumber) list: number,
    @Param('purpose', PurposeName) purpose: Purpose,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const found = await this.queries.execute(new FindStatusList(list, purpose));
    const tag = `"${sha256(JSON.stringify(found))}"`;
    void reply.header('etag', tag).header('cache-control', cached);
    if (!known?.split(',').some((one) => one.trim().replace(/^W\//, '') === tag)) return found;
    void reply.status(304);
    return undefined;
  }
}
