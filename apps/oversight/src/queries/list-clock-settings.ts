import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { OneOf, Uuid } from '@shuzheng/contracts';
import { Database, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';
import { ClockSettingView, settingColumns, settingKinds, settingStates } from '../data/clock-settings.js';

export const ClockSettingPage = PageOf(ClockSettingView);

export class ClockSettingFilter extends SortedBy('-requestedAt', 'state') {
  @Uuid({ optional: true }) readonly clockId?: string;
  @Uuid({ optional: true }) readonly organisationId?: string;
  @OneOf(settingKinds, { optional: true }) readonly kind?: string;
  @OneOf(settingStates, { optional: true }) readonly state?: string;
}

export class ListClockSettings extends Query<Page<ClockSettingView>> {
  constructor(readonly filter: ClockSettingFilter) {
    super();
  }
}

@QueryHandler(ListClockSettings)
export class ListClockSettingsHandler implements IQueryHandler<ListClockSettings> {
  constructor(private readonly db: Database) {}

  execute({ filter }: ListClockSettings) {
    return page<ClockSettingView & Record<string, unknown>>(
      this.db,
      {
        columns: settingColumns,
        from: 'clock_setting as setting',
        where: [
          ['setting.clock_id = ?', filter.clockId],
          ['setting.organisation_id = ?', filter.organisationId],
          ['setting.kind = ?', filter.kind],
          ['setting.state = ?', filter.state],
        ],
      },
      filter,
    );
  }
}
