import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Operation } from '@shuzheng/platform';
import { Checks, CheckSample, ChecksReceipt } from '../commands/check-sample.js';
import { DrawSample, SampleOrder, SampleReceipt } from '../commands/draw-sample.js';
import { CompareBatch, ComparedPage, CompareFilter } from '../queries/compare-batch.js';
import { ListSampleRows, SampledRowFilter, SampledRowPage } from '../queries/list-sample-rows.js';
import { ListSamples, SampleFilter, SamplePage } from '../queries/list-samples.js';

@ApiTags('samples')
@Controller()
export class SamplesController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
  ) {}

  @Get('batches/:id/comparison')
  @Operation({
    name: 'certification.compare-batch',
    summary: '逐行对照名册、申报、成绩与拟发证书',
    permission: ['signals:dismiss', 'batches:confirm'],
  })
  @ApiOkResponse({ type: ComparedPage })
  compare(@Param('id', Id) batchId: string, @Query() filter: CompareFilter) {
    return this.queries.execute(new CompareBatch(batchId, filter));
  }

  @Get('batches/:id/samples')
  @Operation({
    name: 'certification.list-samples',
    summary: '批次的抽查与覆盖率',
    permission: ['signals:dismiss', 'batches:confirm'],
  })
  @ApiOkResponse({ type: SamplePage })
  list(@Param('id', Id) batchId: string, @Query() filter: SampleFilter) {
    return this.queries.execute(new ListSamples(batchId, filter));
  }

  @Post('batches/:id/samples')
  @Operation({
    name: 'certification.draw-sample',
    summary: '抽取待核查的行',
    permission: 'samples:draw',
    writes: true,
    refusals: ['officer-attached', 'nothing-to-sample'],
  })
  @ApiCreatedResponse({ type: SampleReceipt })
  draw(@Param('id', Id) batchId: string, @Body() order: SampleOrder) {
    return this.commands.execute(new DrawSample(batchId, order));
  }

  @Get('samples/:id/rows')
  @Operation({
    name: 'certification.list-sample-rows',
    summary: '抽查名单与核查结果',
    permission: ['signals:dismiss', 'batches:confirm'],
  })
  @ApiOkResponse({ type: SampledRowPage })
  rows(@Param('id', Id) sampleId: string, @Query() filter: SampledRowFilter) {
    return this.queries.execute(new ListSampleRows(sampleId, filter));
  }

  @Post('samples/:id/checks')
  @Operation({
    name: 'certification.check-sample',
    summary: '登记核查结果，逐条答复',
    permission: 'samples:draw',
    writes: true,
    refusals: ['officer-attached', 'row-not-sampled', 'row-repeated', 'row-checked'],
  })
  @ApiCreatedResponse({ type: ChecksReceipt })
  check(@Param('id', Id) sampleId: string, @Body() { checks }: Checks) {
    return this.commands.execute(new CheckSample(sampleId, checks));
  }
}
