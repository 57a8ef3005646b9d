import { Body, Controller, Get, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Commands, coverReasons, Id, Operation, XLSX } from '@shuzheng/platform';
import { workbookReasons } from '@shuzheng/workbooks';
import { RecordResultFile, ResultFileReceipt } from '../commands/record-result-file.js';
import { RecordResults, ResultItems } from '../commands/record-results.js';
import { ReleaseReceipt, ReleaseResults } from '../commands/release-results.js';
import { readResults } from '../data/result-workbook.js';
import { ListResults, ResultFilter, ResultPage } from '../queries/list-results.js';
import { WriteAdmissions } from '../queries/write-admissions.js';
import { answerFor, ResultsAnswer } from './results-answer.js';

const recording = [
  'exam-in-future',
  'session-not-sat',
  'session-cancelled',
  'already-reported',
  'pass-marks-unverified',
  ...Object.keys(coverReasons),
];

@ApiTags('results')
@Controller('sessions')
export class SessionResultsController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
  ) {}

  @Get(':id/admissions.xlsx')
  @Operation({
    name: 'assessment.write-admissions',
    summary: '下载已填好考生的成绩表',
    permission: 'results:record',
  })
  @ApiProduces(XLSX)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async admissions(@Param('id', Id) id: string) {
    const bytes = await this.queries.execute(new WriteAdmissions(id));
    return new StreamableFile(bytes, { type: XLSX, disposition: 'attachment; filename="admissions.xlsx"' });
  }

  @Post(':id/result-files')
  @Operation({
    name: 'assessment.record-result-file',
    summary: '上传成绩表',
    permission: 'results:record',
    writes: true,
    refusals: [...recording, 'result-rows-wrong', ...Object.keys(workbookReasons)],
  })
  @ApiConsumes(XLSX)
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiCreatedResponse({ type: ResultFileReceipt })
  async upload(@Param('id', Id) id: string, @Body() bytes: Buffer) {
    return this.commands.execute(new RecordResultFile(id, bytes, await readResults(bytes)));
  }

  @Post(':id/results')
  @Operation({
    name: 'assessment.record-results',
    summary: '逐条登记成绩，每条单独答复',
    permission: 'results:record',
    writes: true,
    refusals: recording,
  })
  @ApiCreatedResponse({ type: ResultsAnswer })
  async record(@Param('id', Id) id: string, @Body() { results }: ResultItems): Promise<ResultsAnswer> {
    return answerFor(results, await this.commands.execute(new RecordResults(id, results)));
  }

  @Get(':id/results')
  @Operation({ name: 'assessment.list-results', summary: '查询批次的成绩', permission: 'results:read' })
  @ApiOkResponse({ type: ResultPage })
  list(@Param('id', Id) id: string, @Query() filter: ResultFilter) {
    return this.queries.execute(new ListResults(id, filter));
  }

  @Post(':id/release')
  @Operation({
    name: 'assessment.release-results',
    summary: '发布成绩',
    permission: 'results:release',
    writes: true,
    refusals: ['nothing-recorded', 'same-person'],
  })
  @ApiCreatedResponse({ type: ReleaseReceipt })
  release(@Param('id', Id) id: string) {
    return this.commands.execute(new ReleaseResults(id));
  }
}
