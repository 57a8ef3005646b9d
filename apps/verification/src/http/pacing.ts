import { Injectable } from '@nestjs/common';
import { TooMany } from '@shuzheng/platform';

const MINUTE_MS = 60_000;
/** More addresses than this are not remembered at a time; who has not asked for longest is forgotten first. */
const MOST_ADDRESSES = 50_000;

/** How often an address may ask: a bucket of one minute's turns that fills up again evenly. */
export class Pace {
  private readonly buckets = new Map<string, { turns: number; at: number }>();

  constructor(private readonly perMinute: number) {}

  /** Takes a turn, or says how many seconds there are to wait. */
  take(address: string, now: number): number {
    const before = this.buckets.get(address) ?? { turns: this.perMinute, at: now };
    const perMs = this.perMinute / MINUTE_MS;
    const turns = Math.min(this.perMinute, before.turns + (now - before.at) * perMs);
    this.buckets.delete(address);
    if (this.buckets.size >= MOST_ADDRESSES) this.buckets.delete(this.buckets.keys().next().value ?? '');
    this.buckets.set(address, { turns: turns < 1 ? turns : turns - 1, at: now });
    return turns < 1 ? Math.ceil((1 - turns) / perMs / 1000) : 0;
  }
}

/** Keeps guessing slow. Each process counts for itself and in real time; the business clock has no part in it. */
@Injectable()
export class Pacing {
  private readonly byCode = new Pace(30);
  private readonly byName = new Pace(10);

  /** One look-up from this address; a name is easier to guess than a code and goes slower. */
  allow(address: string, { name }: { readonly name?: string | undefined }) {
    const wait = (name === undefined ? this.byCode : this.byName).take(networkOf(address), performance.now());
    if (wait > 0) throw new TooMany(wait);
  }
}

/** Whoever has one IPv6 address has a whole /64 of them. */
export function networkOf(address: string): string {
  const [head = ''] = address.split('::');
  const isIPv6 = address.includes(':') && !address.includes('.');
  return isIPv6 ? head.split(':').slice(0, 4).join(':') : address;
}
