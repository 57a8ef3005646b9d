import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Int, Text, Uuid } from '@shuzheng/contracts';
import { Database, Missing, type Page, page, PageOf, Personal, SortedBy } from '@shuzheng/platform';
import { maskName } from '@shuzheng/regulation';

export class SeatView {
  @Uuid() readonly applicationId!: string;
  @Text(1, 40) readonly admissionNumber!: string;
  @Text(1, 60) readonly maskedName!: string;
  @Text(1, 40) readonly room!: string;
  @Int(1, 2000) readonly seat!: number;
}

export const SeatPage = PageOf(SeatView);

export class SeatFilter extends SortedBy('admissionNumber', 'seat', 'room') {
  @Text(1, 40, { optional: true }) readonly room?: string;
}

/** Who sits where, masked. */
export class ListSeats extends Query<Page<SeatView>> {
  constructor(
    readonly sessionId: string,
    readonly filter: SeatFilter,
  ) {
    super();
  }
}

type Sealed = Omit<SeatView, 'maskedName'> & { readonly id: string; readonly name: string };

@QueryHandler(ListSeats)
export class ListSeatsHandler implements IQueryHandler<ListSeats> {
  constructor(
    private readonly db: Database,
    private readonly personal: Personal,
  ) {}

  async execute({ sessionId, filter }: ListSeats): Promise<Page<SeatView>> {
    const [session] = await this.db.read('select 1 from session where id = $1', [sessionId]);
    if (!session) throw new Missing();
    const where = [
      ['c.session_id = ?', sessionId],
      ['c.room = ?', filter.room],
    ] as const;
    const found = await page<Sealed>(this.db, { ...listing, where }, filter);
    return { ...found, items: found.items.map((one) => this.masked(one)) };
  }

  private masked({ id, name, ...rest }: Sealed): SeatView {
    return { ...rest, maskedName: maskName(this.personal.open('application', 'name_sealed', id, name)) };
  }
}

const listing = {
  columns: {
    id: 'a.id',
    applicationId: 'a.id',
    admissionNumber: 'a.admission_number',
    name: 'a.name_sealed',
    room: 'c.room',
    seat: 'c.seat',
  },
  from: 'candidate_seat as c join application as a on a.id = c.application_id',
};
