import { Day, Int, Prose, Uuid } from '@shuzheng/contracts';

/** The last day of something, and why. */
export class Ending {
  @Day({ description: '最后一日' }) readonly lastDay!: string;
  @Prose(2, 500, { description: '依据' }) readonly basis!: string;
}

export class VersionReceipt {
  @Uuid() readonly id!: string;
  @Int(1, 1_000_000) readonly version!: number;
}
