import { type Contract, sealedFields } from '@shuzheng/contracts';
import type { Seal } from '../sealing.js';
import { eventPlace } from '../sealing.js';

type Fields = Record<string, unknown>;
type Turn = (field: string, text: string) => string;
type Sealed = ReturnType<typeof sealedFields>;

const known = new WeakMap<object, Sealed | undefined>();

/** Which fields of an event are sealed; undefined where none is. Most events have none and skip all of this. */
export function sealedIn(contract: Contract): Sealed | undefined {
  if (!known.has(contract)) {
    const fields = sealedFields(contract);
    known.set(contract, fields.own.length + fields.rows.size > 0 ? fields : undefined);
  }
  return known.get(contract);
}

/** The event's data as they travel: each sealed text opens only in its own field of this very event. */
export const sealData = (seal: Seal, contract: Contract, id: string, data: object) =>
  turned(contract, data, (field, text) => seal.seal(eventPlace(contract.type, field, id), text));

/** The data in plain, for a service that holds the key. */
export const openData = (seal: Seal, contract: Contract, id: string, data: object) =>
  turned(contract, data, (field, text) => seal.open(eventPlace(contract.type, field, id), text));

function turned(contract: Contract, data: object, turn: Turn): object {
  const sealed = sealedIn(contract);
  if (!sealed) return data;
  const all: Fields = turnedFields(data as Fields, sealed.own, '', turn);
  for (const [list, names] of sealed.rows) {
    const rows = all[list];
    if (Array.isArray(rows)) all[list] = rows.map((row: Fields, i) => turnedFields(row, names, `${list}.${i}.`, turn));
  }
  return all;
}

function turnedFields(fields: Fields, names: readonly string[], path: string, turn: Turn): Fields {
  const copy = { ...fields };
  for (const name of names) {
    const text = copy[name];
    if (typeof text === 'string') copy[name] = turn(path + name, text);
  }
  return copy;
}
