/** Naps that end when somebody rings. A ring just before the nap counts too, so none is missed. */
export class Bell {
  private rings = 0;
  private readonly sleepers = new Set<() => void>();

  /** What to hand to `nap`: take it before looking whether there is work. */
  get now() {
    return this.rings;
  }

  readonly ring = () => {
    this.rings++;
    for (const wake of this.sleepers) wake();
  };

  nap(since: number, ms: number): Promise<void> {
    if (since !== this.rings) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.sleepers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      this.sleepers.add(wake);
    });
  }
}
