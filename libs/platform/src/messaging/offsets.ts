const OFTEN_MS = 1000;

type Tell = () => Promise<void>;

/**
 * Tells Kafka behind the work how far it has come, once a second. Nothing waits for it and nothing rests on it: what
 * comes again after a crash is dropped by its cursor.
 */
export class Offsets {
  private untold: Tell | undefined;
  private timer: NodeJS.Timeout | undefined;

  /** There is something to tell; `tell` tells all there is. */
  reached(tell: Tell) {
    this.untold = tell;
    this.timer ??= setTimeout(this.pass, OFTEN_MS);
  }

  /** At once: somebody else takes over. */
  readonly pass = () => {
    clearTimeout(this.timer);
    this.timer = undefined;
    const tell = this.untold;
    this.untold = undefined;
    void tell?.().catch(() => {});
  };
}
