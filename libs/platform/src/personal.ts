import { type DocumentKind, matchingForm, matchingName, normalizePhone } from '@shuzheng/regulation';
import { BadConfiguration, type Config } from './config.js';
import { readKey } from './key-files.js';
import { BlindIndex, columnPlace, derive, Seal } from './sealing.js';

/** `seal`: its own columns; `event`: personal text in events; `index`: blind indexes, the same in every service that has it. */
export type KeyName = 'seal' | 'event' | 'index';

/** Personal data in this service's hands: sealed before they are stored, found by blind index, opened only to be used. */
export class Personal {
  private readonly columns: Seal | undefined;
  private readonly index: BlindIndex | undefined;
  /** Opens and seals personal text in events; undefined where this service must not. */
  readonly events: Seal | undefined;
  /** Seals the files this service keeps. */
  readonly files: Seal | undefined;

  constructor(service: string, names: readonly KeyName[], config: Pick<Config, 'keys' | 'profile'>) {
    const key = (name: KeyName, purpose: string) => {
      if (!names.includes(name)) return undefined;
      const master = readKey(config, `${name}.key`);
      if (!master || master.length < 32)
        throw new BadConfiguration('SHUZHENG_KEYS', `${name}.key is missing or shorter than 32 bytes`);
      return derive(master, purpose);
    };
    const [columns, files] = [key('seal', `${service} columns`), key('seal', `${service} files`)];
    const [events, index] = [key('event', 'events'), key('index', 'index')];
    this.columns = columns && new Seal(columns);
    this.events = events && new Seal(events);
    this.files = files && new Seal(files);
    this.index = index && new BlindIndex(index);
  }

  /** Seals text for one column of one row: elsewhere it does not open. */
  seal(table: string, column: string, id: string, plain: string) {
    return given(this.columns).seal(columnPlace(table, column, id), plain);
  }

  open(table: string, column: string, id: string, sealed: string) {
    return given(this.columns).open(columnPlace(table, column, id), sealed);
  }

  /** Equal for all ways to write one document's number. */
  numberIndex(kind: DocumentKind, number: string) {
    return given(this.index).of('number', matchingForm(kind, number));
  }

  /** Equal for all ways to write one name. */
  nameIndex(name: string) {
    return given(this.index).of('name', matchingName(name));
  }

  /** Equal for all ways to write one mobile number. */
  phoneIndex(phone: string) {
    const checked = normalizePhone(phone);
    return given(this.index).of('phone', checked.ok ? checked.phone : phone);
  }
}

function given<T>(key: T | undefined): T {
  if (key === undefined) throw new Error('this service was not given the key');
  return key;
}
