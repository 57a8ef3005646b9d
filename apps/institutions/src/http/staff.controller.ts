import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Commands, Id, Operation } from '@shuzheng/platform';
import { ChangeStaff, StaffChange } from '../commands/change-staff.js';
import { EndStaff } from '../commands/end-staff.js';
import { RecordStaff } from '../commands/record-staff.js';
import { Ending, VersionReceipt } from '../data/ending.js';
import { StaffReceipt } from '../data/staff.js';
import { FindStaff, ListStaff, StaffDetails, StaffFilter, StaffPage } from '../queries/list-staff.js';

@ApiTags('staff')
@Controller('staff')
export class StaffController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  @Operation({
    name: 'institutions.record-staff',
    summary: '登记本单位的师资和考评人员',
    permission: 'staff:manage',
    writes: true,
    refusals: ['organisation-is-ended', 'staff-name', 'occupation-unknown', 'qualification-repeated', 'dates-order'],
  })
  @ApiCreatedResponse({ type: StaffReceipt })
  record(@Body() staff: RecordStaff) {
    return this.commands.execute(staff);
  }

  @Put(':id')
  @Operation({
    name: 'institutions.change-staff',
    summary: '变更师资和考评人员的资格',
    permission: 'staff:manage',
    writes: true,
    amends: true,
    status: 200,
    refusals: ['organisation-is-ended', 'already-ended', 'occupation-unknown', 'qualification-repeated', 'dates-order'],
  })
  @ApiOkResponse({ type: StaffReceipt })
  change(@Param('id', Id) id: string, @Body() change: StaffChange) {
    return this.commands.execute(new ChangeStaff(id, change));
  }

  @Post(':id/end')
  @Operation({
    name: 'institutions.end-staff',
    summary: '终止师资和考评人员的登记',
    permission: 'staff:manage',
    writes: true,
    amends: true,
    refusals: ['already-ended', 'dates-order', 'end-backdated', 'end-after-end'],
  })
  @ApiCreatedResponse({ type: VersionReceipt })
  end(@Param('id', Id) id: string, @Body() ending: Ending) {
    return this.commands.execute(new EndStaff(id, ending));
  }

  @Get()
  @Operation({
    name: 'institutions.list-staff',
    summary: '查询师资和考评人员',
    permission: ['staff:manage', 'staff:read'],
  })
  @ApiOkResponse({ type: StaffPage })
  list(@Query() filter: StaffFilter) {
    return this.queries.execute(new ListStaff(filter));
  }

  @Get(':id')
  @Operation({
    name: 'institutions.find-staff',
    summary: '查看师资或考评人员',
    permission: ['staff:manage', 'staff:read'],
  })
  @ApiOkResponse({ type: StaffDetails })
  find(@Param('id', Id) id: string) {
    return this.queries.execute(new FindStaff(id));
  }
}
