import { Int, List, SealedText, Text, Uuid } from '@shuzheng/contracts';

/** A seat in a class is taken: the class is what keeps the order. */
export class SeatTaken {
  static readonly type = 'enrollment.seat-taken.v1';
  static readonly aggregate = 'classId';

  @Uuid() readonly classId!: string;
  @Uuid() readonly learnerId!: string;
  @Int(0, 1_000_000) readonly seat!: number;
  @Text(0, 2_000_000) readonly note!: string;
}

/** What the listening service says about the seats it has copied. */
export class SeatsCopied {
  static readonly type = 'assessment.seats-copied.v1';
  static readonly aggregate = 'classId';

  @Uuid() readonly classId!: string;
  @Int(0, 1_000_000) readonly seats!: number;
}

export class RosterRow {
  @Uuid() readonly personId!: string;
  @SealedText() readonly name!: string;
}

/** Personal text of its own and in a list. */
export class RosterFiled {
  static readonly type = 'enrollment.roster-filed.v1';
  static readonly aggregate = 'classId';

  @Uuid() readonly classId!: string;
  @SealedText() readonly contact!: string;
  @SealedText({ optional: true }) readonly remark?: string;
  @List(() => RosterRow, 1, 500) readonly rows!: RosterRow[];
}
