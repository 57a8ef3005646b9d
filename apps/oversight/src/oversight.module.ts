import { Module } from '@nestjs/common';
import { PublishCalendarYearHandler } from './commands/publish-calendar-year.js';
import { SeedCalendar } from './data/seed-calendar.js';
import { CalendarController } from './http/calendar.controller.js';
import { ChainController } from './http/chain.controller.js';
import { ClocksController } from './http/clocks.controller.js';
import { FindCalendarYearHandler } from './queries/find-calendar-year.js';
import { FindChainHandler } from './queries/find-chain.js';
import { FindClockHandler } from './queries/find-clock.js';
import { ListCalendarYearsHandler } from './queries/list-calendar-years.js';
import { ListClocksHandler } from './queries/list-clocks.js';
import { ListPlanChainsHandler } from './queries/list-plan-chains.js';
import { reactions } from './reactions/index.js';

@Module({
  controllers: [CalendarController, ChainController, ClocksController],
  providers: [
    PublishCalendarYearHandler,
    FindCalendarYearHandler,
    ListCalendarYearsHandler,
    FindClockHandler,
    ListClocksHandler,
    FindChainHandler,
    ListPlanChainsHandler,
    SeedCalendar,
    ...reactions,
  ],
})
export class OversightModule {}
