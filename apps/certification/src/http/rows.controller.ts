import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Operation } from '@shuzheng/platform';
import { GiveUpRow, GivingUp, RowGivenUp } from '../commands/give-up-row.js';

@ApiTags('batches')
@Controller('rows')
export class RowsController {
  constructor(private readonly commands: Commands) {}

  @Post(':id/give-up')
  @Operation({
    name: 'certification.give-up-row',
    summary: '退回的行登记放弃，不再重新报送',
    permission: 'certificates:amend',
    writes: true,
    refusals: ['row-not-returned', 'row-given-up', 'row-came-back'],
  })
  @ApiCreatedResponse({ type: RowGivenUp })
  giveUp(@Param('id', Id) id: string, @Body() order: GivingUp) {
    return this.commands.execute(new GiveUpRow(id, order));
  }
}
