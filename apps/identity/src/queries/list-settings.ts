import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Day, Instant, Int, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { Database, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';
import { type SettingName, settingNames, settings } from '../domain/settings.js';

export class SettingView {
  @Uuid() readonly id!: string;
  @OneOf(settingNames) readonly name!: SettingName;
  @Text(1, 60) readonly title!: string;
  @Int(0, 3650) readonly value!: number;
  @Day() readonly from!: string;
  @Text(1, 200) readonly document!: string;
  @Instant() readonly recordedAt!: string;
}
export const SettingPage = PageOf(SettingView);

export class SettingFilter extends SortedBy('-from', 'name') {
  @OneOf(settingNames, { optional: true }) readonly name?: string;
}

/** What the office has decided about accounts, and since when; the latest that has begun holds. */
export class ListSettings extends Query<Page<SettingView>> {
  constructor(readonly filter: SettingFilter) {
    super();
  }
}

@QueryHandler(ListSettings)
export class ListSettingsHandler implements IQueryHandler<ListSettings> {
  constructor(private readonly db: Database) {}

  async execute({ filter }: ListSettings) {
    const found = await page<Omit<SettingView, 'title'>>(
      this.db,
      {
        columns: {
          id: 'id',
          name: 'name',
          value: 'value',
          from: 'valid_from',
          document: 'document',
          recordedAt: 'created_at',
        },
        from: 'setting',
        where: [['name = ?', filter.name]],
      },
      filter,
    );
    return { ...found, items: found.items.map((item) => ({ ...item, title: settings[item.name].title })) };
  }
}
