import { randomUUID } from 'node:crypto';
import type { Message } from '../broker.js';
import { SeatTaken } from './events.js';

/** The seat taken in the class `aggregate` as its event number `sequence`. */
export const aMessage = (aggregate: string, sequence: number, more: Partial<Message> = {}): Message => ({
  id: randomUUID(),
  type: SeatTaken.type,
  aggregate,
  sequence,
  time: '2026-11-21T00:00:00Z',
  origin: { actor: 'system' },
  data: { classId: aggregate, learnerId: randomUUID(), seat: 0, note: '' },
  ...more,
});

export const messages = (aggregate: string, ...sequences: number[]) =>
  sequences.map((sequence) => aMessage(aggregate, sequence));
