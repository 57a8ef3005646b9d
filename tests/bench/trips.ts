const PER_SECOND = 500;
let next = 0;

/** A way for an event: said with its number, heard when it has arrived. */
export interface Trip {
  hear(heard: (nth: number) => void): void;
  say(nth: number, data: string): Promise<unknown>;
}

const text = JSON.stringify({ classId: 'x'.repeat(36), learnerId: 'x'.repeat(36), note: 'x'.repeat(168) });

/** Sends so many events at a steady pace and tells how long they took. A number is never used twice. */
export async function trips(trip: Trip, count: number) {
  const first = next;
  next += count;
  const began = new Map<number, number>();
  const took: number[] = [];
  let fail = (_error: unknown) => {};
  const all = new Promise<void>((resolve, reject) => {
    fail = reject;
    trip.hear((nth) => {
      const since = began.get(nth);
      if (since === undefined || !began.delete(nth)) return;
      if (took.push(performance.now() - since) === count) resolve();
    });
  });
  const start = performance.now();
  const pace = setInterval(() => {
    const due = Math.min(count, Math.floor(((performance.now() - start) / 1000) * PER_SECOND));
    for (let nth = first + sent; sent < due; nth = first + ++sent) {
      began.set(nth, performance.now());
      trip.say(nth, `{"seat":${nth},${text.slice(1)}`).catch(fail);
    }
    if (sent === count) clearInterval(pace);
  }, 2);
  let sent = 0;
  await all;
  took.sort((a, b) => a - b);
  return { p50: took[Math.floor(count * 0.5)] ?? NaN, p99: took[Math.floor(count * 0.99)] ?? NaN };
}
