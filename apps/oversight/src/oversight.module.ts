import { Module } from '@nestjs/common';
import { PublishCalendarYearHandler } from './commands/publish-calendar-year.js';
import { DecideClockSettingHandler } from './commands/decide-clock-setting.js';
import { RequestClockSettingHandler } from './commands/request-clock-setting.js';
import { ResumeClockHandler } from './commands/resume-clock.js';
import { DailyDigest } from './data/daily-digest.js';
import { SeedCalendar } from './data/seed-calendar.js';
import { CalendarController } from './http/calendar.controller.js';
import { ChainController } from './http/chain.controller.js';
import { ClockSettingsController } from './http/clock-settings.controller.js';
import { ClocksController } from './http/clocks.controller.js';
import { TasksController } from './http/tasks.controller.js';
import { FindCalendarYearHandler } from './queries/find-calendar-year.js';
import { FindChainHandler } from './queries/find-chain.js';
import { FindClockHandler } from './queries/find-clock.js';
import { ListCalendarYearsHandler } from './queries/list-calendar-years.js';
import { FindOwnRecordHandler } from './queries/find-own-record.js';
import { FindStatusHandler } from './queries/find-status.js';
import { ListCalendarVersionsHandler } from './queries/list-calendar-versions.js';
import { ListOwnDigestsHandler } from './queries/list-own-digests.js';
import { ListTasksHandler } from './queries/list-tasks.js';
import { ListChainLinkHandler } from './queries/list-chain-link.js';
import { ListClockSettingsHandler } from './queries/list-clock-settings.js';
import { ListClocksHandler } from './queries/list-clocks.js';
import { ListPlanChainsHandler } from './queries/list-plan-chains.js';
import { reactions } from './reactions/index.js';

@Module({
  controllers: [CalendarController, ChainController, ClocksController, ClockSettingsController, TasksController],
  providers: [
    PublishCalendarYearHandler,
    RequestClockSettingHandler,
    DecideClockSettingHandler,
    ResumeClockHandler,
    FindCalendarYearHandler,
    ListCalendarYearsHandler,
    FindClockHandler,
    ListClocksHandler,
    ListClockSettingsHandler,
    ListChainLinkHandler,
    FindChainHandler,
    ListPlanChainsHandler,
    ListTasksHandler,
    FindStatusHandler,
    FindOwnRecordHandler,
    ListOwnDigestsHandler,
    ListCalendarVersionsHandler,
    DailyDigest,
    SeedCalendar,
    ...reactions,
  ],
})
export class OversightModule {}
