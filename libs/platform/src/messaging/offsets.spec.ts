import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { Offsets } from './offsets.js';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

function toKafka() {
  const told: number[] = [];
  const offsets = new Offsets();
  const reached = (offset: number) => offsets.reached(() => Promise.resolve(void told.push(offset)));
  return { told, offsets, reached };
}

it('tells Kafka once a second how far the work has come', () => {
  const { told, reached } = toKafka();

  for (const offset of [1, 2, 3]) reached(offset);
  expect(told).toEqual([]);

  jest.advanceTimersByTime(1000);
  expect(told).toEqual([3]);

  jest.advanceTimersByTime(5000);
  expect(told).toEqual([3]);

  reached(4);
  jest.advanceTimersByTime(1000);
  expect(told).toEqual([3, 4]);
});

it('tells Kafka at once, and only once, when somebody else takes over', () => {
  const { told, offsets, reached } = toKafka();

  reached(7);
  offsets.pass();
  jest.advanceTimersByTime(5000);

  expect(told).toEqual([7]);
});

it('goes on telling after Kafka would not hear', () => {
  const { told, offsets, reached } = toKafka();

  offsets.reached(() => Promise.reject(new Error('away')));
  jest.advanceTimersByTime(1000);
  reached(8);
  jest.advanceTimersByTime(1000);

  expect(told).toEqual([8]);
});
