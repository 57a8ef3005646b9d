import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Operation } from '@shuzheng/platform';
import { AdvancePrint, PrintAdvanced, PrintReason } from '../commands/advance-print.js';
import { OrderPrints, PrintOrders, PrintsOrdered } from '../commands/order-prints.js';
import { FindPrint, PrintDetail } from '../queries/find-print.js';
import { ListPrints, PrintFilter, PrintPage } from '../queries/list-prints.js';

const permission = 'prints:manage';
const advancing = { permission, writes: true, amends: true, refusals: ['print-state-wrong'] };

@ApiTags('print-orders')
@Controller('print-orders')
export class PrintsController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @Operation({ name: 'certification.list-prints', summary: '印制单及其应完成日期', permission })
  @ApiOkResponse({ type: PrintPage })
  list(@Query() filter: PrintFilter) {
    return this.queries.execute(new ListPrints(filter));
  }

  @Get(':id')
  @Operation({ name: 'certification.find-print', summary: '一份印制单的全部经过', permission })
  @ApiOkResponse({ type: PrintDetail })
  find(@Param('id', Id) id: string) {
    return this.queries.execute(new FindPrint(id));
  }

  @Post()
  @Operation({
    name: 'certification.order-prints',
    summary: '印制证书，可一次多份，逐份答复',
    permission,
    writes: true,
    refusals: [
      'print-due-in-past',
      'certificate-unknown',
      'certificate-repeated',
      'certificate-revoked',
      'certificate-suspended',
      'print-order-open',
    ],
  })
  @ApiCreatedResponse({ type: PrintsOrdered })
  order(@Body() order: PrintOrders) {
    return this.commands.execute(new OrderPrints(order));
  }

  @Post(':id/hand-over')
  @Operation({ ...advancing, name: 'certification.hand-over-print', summary: '已交印制单位' })
  @ApiCreatedResponse({ type: PrintAdvanced })
  handOver(@Param('id', Id) id: string) {
    return this.commands.execute(new AdvancePrint(id, 'hand-over'));
  }

  @Post(':id/send')
  @Operation({ ...advancing, name: 'certification.send-print', summary: '印制完成并已寄出' })
  @ApiCreatedResponse({ type: PrintAdvanced })
  send(@Param('id', Id) id: string) {
    return this.commands.execute(new AdvancePrint(id, 'send'));
  }

  @Post(':id/deliver')
  @Operation({ ...advancing, name: 'certification.deliver-print', summary: '已送达' })
  @ApiCreatedResponse({ type: PrintAdvanced })
  deliver(@Param('id', Id) id: string) {
    return this.commands.execute(new AdvancePrint(id, 'deliver'));
  }

  @Post(':id/return')
  @Operation({ ...advancing, name: 'certification.return-print', summary: '被退回' })
  @ApiCreatedResponse({ type: PrintAdvanced })
  return(@Param('id', Id) id: string, @Body() { reason }: PrintReason) {
    return this.commands.execute(new AdvancePrint(id, 'return', reason));
  }

  @Post(':id/cancel')
  @Operation({ ...advancing, name: 'certification.cancel-print', summary: '取消印制' })
  @ApiCreatedResponse({ type: PrintAdvanced })
  cancel(@Param('id', Id) id: string, @Body() { reason }: PrintReason) {
    return this.commands.execute(new AdvancePrint(id, 'cancel', reason));
  }
}
