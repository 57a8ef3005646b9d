import { Body, Controller, Delete, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiProperty } from '@nestjs/swagger';
import { OneOf, SealedText, Text } from '@shuzheng/contracts';
import { Database } from '../database.js';
import { page, PageOf, SortedBy } from '../http/listing.js';
import { Operation } from '../http/operation.js';
import { Id } from '../http/validation.js';
import {
  Conflict,
  FileUnreadable,
  Invalid,
  Missing,
  NotPermitted,
  NotSignedIn,
  Refused,
  TooMany,
  Unavailable,
} from '../problem.js';
import { Commands } from '../work/commands.js';
import { AmendNote, NoteReceipt, TakeNote } from './sample-commands.js';

class NewWords {
  @Text(1, 200) readonly words!: string;
}
class NoteFilter extends SortedBy('words', 'rank', '-version') {
  @OneOf(['rude', 'kind'], { optional: true }) readonly tone?: string;
}
class NoteAnswer {
  @ApiProperty() id!: string;
  @ApiProperty() words!: string;
  @ApiProperty({ type: 'integer', nullable: true }) rank!: number | null;
  @ApiProperty({ type: 'integer' }) version!: number;
}
class NotePage extends PageOf(NoteAnswer) {}
class NameAsked {
  @SealedText() readonly holderName!: string;
}

@Controller('notes')
export class NotesController {
  constructor(
    private readonly commands: Commands,
    private readonly db: Database,
  ) {}

  @Post()
  @Operation({ name: 'notes.take', summary: '记录', permission: 'notes:write', writes: true })
  take(@Body() command: TakeNote): Promise<NoteReceipt> {
    return this.commands.execute(command);
  }

  @Put(':id')
  @Operation({ name: 'notes.amend', summary: '修改', permission: 'notes:write', writes: true, amends: true })
  amend(@Param('id', Id) id: string, @Body() { words }: NewWords) {
    return this.commands.execute(Object.assign(new AmendNote(), { id, words }));
  }

  @Post('files')
  @Operation({ name: 'notes.upload', summary: '上传', permission: 'notes:write', writes: true, repeatable: true })
  upload(@Body() bytes: Buffer) {
    return { bytes: bytes.length };
  }

  @Post('lookups')
  @Operation({ name: 'notes.look-up', summary: '查询', permission: 'public', writes: true, repeatable: true })
  lookUp(@Body() { holderName }: NameAsked) {
    return { characters: [...holderName].length };
  }

  @Get()
  @Operation({ name: 'notes.list', summary: '列表', permission: 'public' })
  @ApiOkResponse({ type: NotePage })
  list(@Query() filter: NoteFilter) {
    const columns = { id: 'id', words: 'words', rank: 'rank', version: 'version' };
    const listing = { columns, from: 'note', where: [['words = ?', filter.tone]] as const };
    return page(this.db, listing, filter);
  }

  /** The query that forgot whose rows it may read. */
  @Get('everything')
  @Operation({ name: 'notes.everything', summary: '全部', permission: 'public' })
  everything() {
    return this.db.read('select id, organisation_id from note');
  }
}

/** Values that no answer and no log line may show. */
export const secret = '王小明 370102199003071234';

const faults: Readonly<Record<string, () => unknown>> = {
  nothing: () => undefined,
  refused: () => new Refused(['note-rude', 'note-loud'], [{ row: 3, column: '姓名', rule: 'note-rude', advice: '改' }]),
  invalid: () => new Invalid([{ field: 'words', check: 'isString' }]),
  missing: () => new Missing(secret),
  'signed-out': () => new NotSignedIn(),
  'not-permitted': () => new NotPermitted('notes:burn'),
  stale: () => new Conflict('stale-version'),
  'not-yet-known': () => new Conflict('not-yet-known', 1),
  'too-many': () => new TooMany(7),
  broken: () => new Error(secret),
  'broken-number': () => Object.assign(new Error(secret), { code: 404 }),
  deadlock: () => Object.assign(new Error(secret), { code: '40P01' }),
  slow: () => Object.assign(new Error(secret), { code: '57014' }),
  'store-away': () => new Unavailable('AccessDenied'),
  'file-missing': () => new FileUnreadable('FILE_MISSING'),
  unreachable: () => Object.assign(new Error(secret), { code: 'ECONNREFUSED' }),
};

@Controller('faults')
export class FaultsController {
  constructor(private readonly db: Database) {}

  @Get(':kind')
  @Operation({ name: 'faults.show', summary: '出错', permission: 'public' })
  show(@Param('kind') kind: string) {
    const fault = faults[kind];
    throw fault ? fault() : new Missing();
  }

  @Delete('database')
  @Operation({ name: 'faults.quote', summary: '出错', permission: 'public', writes: true, repeatable: true })
  quote() {
    return this.db.read('select $1::int', [secret]);
  }
}
