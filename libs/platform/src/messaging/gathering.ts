import type { Apply, Message } from './broker.js';

/** What one transaction should hold. */
export const MOST = 2000;
/** Transactions at a time, where there is more than one of them holds. */
const AT_A_TIME = 3;

interface Waiting {
  readonly producer: string;
  readonly messages: Message[];
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** Applies together what comes from several partitions at a moment: one transaction, where each would have had its own. */
export class Gathering {
  private waiting: Waiting[] = [];
  private atWork = 0;

  constructor(private readonly take: Apply) {}

  readonly apply: Apply = (producer, messages) =>
    new Promise<void>((done, failed) => {
      this.waiting.push({ producer, messages, done, failed });
      if (this.atWork === AT_A_TIME) return;
      this.atWork++;
      // What else has come with it is handed over first.
      setImmediate(() => void this.work());
    });

  private async work() {
    for (let set = this.next(); set.length > 0; set = this.next()) {
      try {
        await this.take(
          set[0]?.producer ?? '',
          set.flatMap(({ messages }) => messages),
        );
        for (const { done } of set) done();
      } catch (error) {
        for (const { failed } of set) failed(error);
      }
    }
    this.atWork--;
  }

  /** The first that waits, and what of the same producer goes with it. */
  private next(): Waiting[] {
    let left = MOST;
    const producer = this.waiting[0]?.producer;
    const set = this.waiting.filter(
      (one, i) => one.producer === producer && ((left -= one.messages.length) >= 0 || i === 0),
    );
    this.waiting = this.waiting.filter((one) => !set.includes(one));
    return set;
  }
}
