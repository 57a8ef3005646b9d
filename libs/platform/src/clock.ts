import { shanghaiDay } from '@shuzheng/regulation';

const OFFSET_MS = 8 * 3_600_000;

/** What time the business says it is. The only place where a use case may read it. */
export abstract class Clock {
  abstract now(): Date;

  /** The civil day in Asia/Shanghai. */
  today(): string {
    return shanghaiDay(this.now());
  }

  /** Now, as the interfaces write it. */
  instant(): string {
    return instantOf(this.now());
  }
}

/** ISO 8601 with the offset of Asia/Shanghai. */
export const instantOf = (time: Date) => new Date(time.getTime() + OFFSET_MS).toISOString().replace('Z', '+08:00');

/** The machine's time, moved by what a demonstration asks for. */
export class SystemClock extends Clock {
  constructor(private offsetMs = 0) {
    super();
  }

  now() {
    return new Date(Date.now() + this.offsetMs);
  }

  /** Demonstration only: from here on the clock runs on from `time`. */
  moveTo(offsetMs: number) {
    this.offsetMs = offsetMs;
  }
}

/** A clock that stands still until a test moves it. */
export class FixedClock extends Clock {
  constructor(private time: string) {
    super();
  }

  now() {
    return new Date(this.time);
  }

  set(time: string) {
    this.time = time;
  }
}
