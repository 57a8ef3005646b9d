import { broken, type Rules } from '@shuzheng/platform/rules';

export interface Room {
  readonly room: string;
  readonly seats: number;
}

/** All that seating a session depends on. */
export interface SeatingFacts {
  readonly state: string;
  readonly undecided: number;
  readonly candidates: number;
  readonly rooms: readonly Room[];
}

const rules = {
  'session-not-open': ({ state }) => state !== 'open',
  'qualification-undecided': ({ undecided }) => undecided > 0,
  'nobody-to-seat': ({ candidates, undecided }) => candidates === 0 && undecided === 0,
  'room-repeated': ({ rooms }) => new Set(rooms.map(({ room }) => room)).size < rooms.length,
  'seats-too-few': ({ rooms, candidates }) => rooms.reduce((sum, { seats }) => sum + seats, 0) < candidates,
} satisfies Rules<SeatingFacts>;

/** The rules that seating would break. */
export const reasonsNotToSeat = (facts: SeatingFacts) => broken(rules, facts);

/** Who sits where: in the order of `rank`, which the seed makes, room after room. The same seed gives the same seats. */
export function seatsFor<Candidate>(
  candidates: readonly Candidate[],
  rooms: readonly Room[],
  rank: (candidate: Candidate) => string,
) {
  const places = rooms.flatMap(({ room, seats }) => Array.from({ length: seats }, (_, i) => ({ room, seat: i + 1 })));
  const ranked = candidates.map((candidate) => ({ candidate, rank: rank(candidate) }));
  ranked.sort((a, b) => (a.rank < b.rank ? -1 : 1));
  return ranked.flatMap(({ candidate }, nth) => {
    const place = places[nth];
    return place ? [{ candidate, ...place }] : [];
  });
}
