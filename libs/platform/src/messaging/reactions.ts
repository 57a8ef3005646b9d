import type { Type } from '@nestjs/common';
import { type Contract, parse } from '@shuzheng/contracts';
import { actingAs, system } from '../actor.js';
import type { Seal } from '../sealing.js';
import type { Message } from './broker.js';
import { openData } from './sealed-fields.js';

type React = (events: object[], messages: Message[]) => Promise<unknown>;
interface Heard {
  readonly contract: Contract;
  readonly react: React;
}

const marked = new WeakMap<object, { contract: Contract; name: string }[]>();

/** Marks the method that reacts to a set of events of one kind. The compiler checks that it takes those. */
export const On =
  <E extends object>(contract: Contract<E>) =>
  <M extends (events: E[], messages: Message[]) => Promise<unknown>>(
    target: object,
    name: string,
    _method: TypedPropertyDescriptor<M>,
  ) => {
    marked.set(target, [...(marked.get(target) ?? []), { contract: contract as unknown as Contract, name }]);
  };

/** The kinds of event that methods of these classes react to. */
export const typesHeardBy = (reactors: readonly Type[]) => [
  ...new Set(
    reactors.flatMap(({ prototype }) => marked.get(prototype as object) ?? []).map(({ contract }) => contract.type),
  ),
];

/** A prerequisite from another topic has not arrived. The event is tried again by timer and nothing is counted. */
export class NotYet extends Error {}

/** Everything a service does about what it hears. */
export class Reactions {
  private readonly heard = new Map<string, Heard[]>();

  /** Without the key, reactions see sealed texts as they travel. */
  constructor(
    reactors: readonly object[],
    private readonly seal?: Seal,
  ) {
    for (const reactor of reactors) {
      for (const { contract, name } of marked.get(Object.getPrototypeOf(reactor) as object) ?? []) {
        const react = (reactor as Record<string, React>)[name]?.bind(reactor);
        if (react) this.heard.set(contract.type, [...(this.heard.get(contract.type) ?? []), { contract, react }]);
      }
    }
  }

  /** The kinds of event somebody here reacts to. */
  types(): string[] {
    return [...this.heard.keys()].sort();
  }

  /** What follows from a set is laid at the door of its first event. */
  async react(messages: readonly Message[]) {
    for (const set of inSets(messages.filter(({ type }) => this.heard.has(type)))) {
      const [first] = set;
      if (first) await actingAs(becauseOf(first), () => this.tell(this.heard.get(first.type) ?? [], set));
    }
  }

  private async tell(heard: readonly Heard[], set: Message[]) {
    for (const { contract, react } of heard) {
      const events = set.map(({ id, data }) => parse(contract, this.opened(contract, id, data)));
      await react(events, set);
    }
  }

  private opened(contract: Contract, id: string, data: object) {
    return this.seal ? openData(this.seal, contract, id, data) : data;
  }
}

const becauseOf = ({ id, origin: { correlation, traceparent } }: Message) => ({
  ...system,
  causationId: id,
  correlationId: correlation ?? id,
  ...(traceparent ? { traceparent } : {}),
});

/** Cuts a batch into few sets of one type each, in which no aggregate's events change their order. */
export function inSets(messages: readonly Message[]): Message[][] {
  const sets: Message[][] = [];
  const reached = new Map<string, number>();
  for (const message of messages) {
    let at = reached.get(message.aggregate) ?? 0;
    while (at < sets.length && sets[at]?.[0]?.type !== message.type) at++;
    (sets[at] ??= []).push(message);
    reached.set(message.aggregate, at);
  }
  return sets;
}
