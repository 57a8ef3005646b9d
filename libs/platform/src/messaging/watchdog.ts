import { faultOf, log } from '../log.js';

const TICK_MS = 1000;
/** After an outage a consumer has its own pauses to end, its group to find and everybody to join it. */
const AFTER_OUTAGE = 30;

/**
 * Barks when a consumer gives no sign of life although the broker could be reached. It counts its own ticks, so a
 * process that slept is not blamed; and it asks the broker before it barks, so an outage ends nobody.
 */
export class Watchdog {
  private quiet = 0;
  private asking = false;
  private away = false;
  private spared = false;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly reachable: () => Promise<boolean>,
    private readonly bark: () => void,
    private readonly patience = 12,
  ) {
    this.timer = setInterval(() => void this.tick(), TICK_MS);
  }

  readonly alive = () => {
    this.quiet = 0;
    this.spared = false;
  };

  /** It has given up what it had and looks for its group anew: like after an outage, but once until it lives again. */
  startsOver() {
    if (this.spared) return;
    this.spared = true;
    this.quiet = Math.min(this.quiet, this.patience - AFTER_OUTAGE);
  }

  stop() {
    clearInterval(this.timer);
  }

  /**
   * After a third of its patience it asks every time, so that a short outage does not escape it; while the broker is away
   * it asks on, and nothing counts.
   */
  private async tick() {
    this.quiet++;
    if (this.asking || !(this.away || this.quiet >= this.patience / 3)) return;
    this.asking = true;
    const answered = await this.reachable();
    this.asking = false;
    if (answered && this.away) this.quiet = this.patience - AFTER_OUTAGE;
    this.away = !answered;
    if (this.away) return;
    if (this.quiet < this.patience) return;
    this.quiet = 0;
    log.error('a Kafka consumer has gone silent', faultOf(new Error('silent')));
    this.bark();
  }
}
