import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes, randomUUID } from 'node:crypto';
import { Seal } from '../sealing.js';
import type { Message } from './broker.js';
import { Consumer } from './consumer.js';
import { announce } from './event-log.js';
import { inSets, On, Reactions } from './reactions.js';
import { sealData } from './sealed-fields.js';
import { aSite } from './testing/databases.js';
import { RosterFiled, SeatsCopied, SeatTaken } from './testing/events.js';
import { aMessage } from './testing/messages.js';

let site: Awaited<ReturnType<typeof aSite>>;
beforeAll(async () => {
  site = await aSite('reactions');
});
afterAll(() => site.drop());

/** Remembers what it was told, and says how many seats it has seen. */
class Listener {
  readonly rosters: RosterFiled[] = [];

  @On(RosterFiled)
  async hearRosters(events: RosterFiled[]) {
    this.rosters.push(...events);
  }

  @On(SeatTaken)
  countSeats(events: SeatTaken[]) {
    return site.db.transaction(async (tx) =>
      announce(tx, SeatsCopied, { classId: events[0]?.classId ?? '', seats: events.length }),
    );
  }
}

it('makes few sets and never turns an aggregate around', () => {
  const of = (aggregate: string, type: string, sequence: number) => aMessage(aggregate, sequence, { type });
  const opened = 'opened';
  const filled = 'filled';
  const batch = [
    of('a', opened, 1),
    of('b', opened, 1),
    of('a', filled, 2),
    of('a', opened, 3),
    of('b', filled, 2),
    of('c', opened, 1),
  ];

  const shown = inSets(batch).map((set) =>
    set.map(({ aggregate, type, sequence }) => `${aggregate} ${type} ${sequence}`),
  );

  expect(shown).toEqual([['a opened 1', 'b opened 1', 'c opened 1'], ['a filled 2', 'b filled 2'], ['a opened 3']]);
});

it('names the kinds of event it hears', () => {
  expect(new Reactions([new Listener()]).types()).toEqual(['enrollment.roster-filed.v1', 'enrollment.seat-taken.v1']);
});

it('passes over events nobody here reacts to', async () => {
  await new Reactions([]).react([aMessage(randomUUID(), 1)]);
});

it('lays what follows from a set at the door of its first event', async () => {
  const classId = randomUUID();
  const origin = { actor: 'system', correlation: 'c1', traceparent: '00-1-2-01' };
  const batch = [1, 2, 3].map((sequence) => aMessage(classId, sequence, { origin }));

  await new Consumer(site.db, new Reactions([new Listener()])).apply('enrollment', batch);

  const { rows } = await site.db.query('select data, origin from event where aggregate = $1', [classId]);
  expect(rows).toEqual([
    {
      data: { classId, seats: 3 },
      origin: { actor: 'system', causation: batch[0]?.id, correlation: 'c1', traceparent: '00-1-2-01' },
    },
  ]);
});

describe('personal text', () => {
  const seal = new Seal(randomBytes(32));
  const roster = () => ({ classId: randomUUID(), contact: '王五', rows: [{ personId: randomUUID(), name: '张三' }] });
  const filed = (data: object): Message => {
    const id = randomUUID();
    return { ...aMessage('a', 1), id, type: RosterFiled.type, data: sealData(seal, RosterFiled as never, id, data) };
  };

  it('is plain for a reaction whose service holds the key, and only for it', async () => {
    const [knowing, unknowing] = [new Listener(), new Listener()];
    const data = roster();
    const message = filed(data);

    await new Reactions([knowing], seal).react([message]);
    await new Reactions([unknowing]).react([message]);

    expect(knowing.rosters).toEqual([data]);
    expect(JSON.stringify(unknowing.rosters)).not.toMatch(/王五|张三/);
    expect(unknowing.rosters[0]?.contact).toMatch(/^s1\./);
  });

  it('does not open in another event than its own', async () => {
    const [one, other] = [filed(roster()), filed(roster())];

    await expect(new Reactions([new Listener()], seal).react([{ ...one, data: other.data }])).rejects.toThrow();
  });

  it('waits in its sealed form', async () => {
    const message = { ...filed(roster()), aggregate: randomUUID(), sequence: 2 };

    await new Consumer(site.db, new Reactions([new Listener()], seal)).apply('enrollment', [message]);

    const { rows } = await site.db.query('select message from held where aggregate = $1', [message.aggregate]);
    expect(rows).toEqual([{ message }]);
  });
});
