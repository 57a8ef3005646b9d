import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Code, Instant, Int, Sha256, Text, Uuid } from '@shuzheng/contracts';
import { Database } from '../database.js';
import { parkedEvents, Parking } from '../messaging/parking.js';
import { unreadableMessages } from '../messaging/unreadable.js';
import { Missing } from '../problem.js';
import { Audit } from '../work/audit.js';
import { page, PageOf, SortedBy } from './listing.js';
import { Operation } from './operation.js';

class WhichAggregate {
  @Code() readonly producer!: string;
  @Text(1, 200) readonly aggregate!: string;
}
class Discarding extends WhichAggregate {
  @Text(5, 500, { description: '放弃的理由，记入审计' }) readonly reason!: string;
}
class Done {
  @ApiProperty() producer!: string;
  @ApiProperty() aggregate!: string;
}

class ParkedFilter extends SortedBy('parkedAt') {
  @Code({ optional: true, description: '发出事件的服务' }) readonly producer?: string;
  @Code({ optional: true, description: '事件类型' }) readonly type?: string;
}
class ParkedEvent {
  @Text(1, 300) readonly id!: string;
  @Code() readonly producer!: string;
  @Text(1, 200) readonly aggregate!: string;
  @Int(1, 2_147_483_647, { description: '失败的事件在其中的序号' }) readonly sequence!: number;
  @Uuid() readonly eventId!: string;
  @Code() readonly type!: string;
  @Int(1, 32_767, { description: '失败次数' }) readonly failures!: number;
  @Text(1, 500, { description: '原因，不含个人信息' }) readonly error!: string;
  @Instant({ description: '首次失败的时间' }) readonly blockedAt!: string;
  @Instant() readonly parkedAt!: string;
  @Int(0, 2_147_483_647, { description: '排在其后的事件数' }) readonly waiting!: number;
}
class ParkedPage extends PageOf(ParkedEvent) {}

class UnreadableFilter extends SortedBy('-cameAt') {
  @Text(1, 200, { optional: true }) readonly topic?: string;
}
class UnreadableMessage {
  @Text(1, 300) readonly id!: string;
  @Text(1, 200) readonly topic!: string;
  @Int(0, 10_000) readonly partition!: number;
  @Text(1, 20) readonly offset!: string;
  @Instant() readonly cameAt!: string;
  @Int(0, 1_073_741_824, { nullable: true, description: '字节数；null：空消息' }) readonly length!: number | null;
  @Sha256({ nullable: true }) readonly sha256!: string | null;
}
class UnreadablePage extends PageOf(UnreadableMessage) {}

/** What operators do about messages that could not be applied. The same in every service. */
@ApiTags('operations')
@Controller('operations')
export class MessagesController {
  constructor(
    private readonly parking: Parking,
    private readonly audit: Audit,
    private readonly db: Database,
  ) {}

  @Get('parked')
  @Operation({ name: 'operations.list-parked', summary: '列出被搁置的事件', permission: 'operations:manage' })
  @ApiOkResponse({ type: ParkedPage })
  parked(@Query() filter: ParkedFilter) {
    const where = [
      ['cursor.producer = ?', filter.producer],
      [`held.message->>'type' = ?`, filter.type],
    ] as const;
    return page(this.db, { ...parkedEvents, where }, filter);
  }

  @Post('parked/replay')
  @Operation({
    name: 'operations.replay-parked',
    summary: '重新处理被搁置的事件',
    permission: 'operations:manage',
    writes: true,
    repeatable: true,
  })
  replay(@Body() { producer, aggregate }: WhichAggregate): Promise<Done> {
    return this.db.transaction(async () => {
      await this.audit.note({ operation: 'operations.replay-parked', subject: `parked:${producer}/${aggregate}` });
      if (!(await this.parking.replay(producer, aggregate))) throw new Missing();
      return { producer, aggregate };
    });
  }

  @Post('parked/discard')
  @Operation({
    name: 'operations.discard-parked',
    summary: '放弃被搁置的事件',
    permission: 'operations:manage',
    writes: true,
    repeatable: true,
  })
  discard(@Body() { producer, aggregate, reason }: Discarding): Promise<Done> {
    return this.db.transaction(async () => {
      await this.audit.note({
        operation: 'operations.discard-parked',
        subject: `parked:${producer}/${aggregate}`,
        detail: { reason },
      });
      if (!(await this.parking.discard(producer, aggregate))) throw new Missing();
      return { producer, aggregate };
    });
  }

  @Get('unreadable')
  @Operation({
    name: 'operations.list-unreadable',
    summary: '列出无法读取的消息（不含内容）',
    permission: 'operations:manage',
  })
  @ApiOkResponse({ type: UnreadablePage })
  unreadable(@Query() filter: UnreadableFilter) {
    return page(this.db, { ...unreadableMessages, where: [['unreadable.topic = ?', filter.topic]] }, filter);
  }
}
