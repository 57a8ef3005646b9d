import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as regulation from './index.js';
import { checkDocument, documentKinds, type DocumentKindRecord, documentWarnings } from './index.js';

type Entry = Readonly<Record<string, unknown>>;

/** Every entry in what the library gives out. */
function* recordsIn(value: unknown): Generator<Entry> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Entry;
  for (const part of Object.values(value)) yield* recordsIn(part);
}

const isUnread = (entry: Entry) =>
  ['confidence', 'startConfidence'].some((mark) => ['R', 'G'].includes(String(entry[mark])));

it('holds nothing that is only recalled or was not found, but the form of two documents', () => {
  const unread = [...recordsIn({ ...regulation })].filter(isUnread);

  expect(new Set(unread.map(({ code }) => code))).toEqual(new Set(['hm-travel', 'passport']));
});

const unreadKinds = documentKinds.filter(({ confidence }) => ['R', 'G'].includes(confidence));

it.each<DocumentKindRecord>(unreadKinds)('refuses nothing and decides nothing by the form of $name', (kind) => {
  expect(kind).toMatchObject({ form: null, source: null });
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Z0-9]{1,30}$/), (number) => {
      const check = checkDocument(kind.code, number, '2026-11-20');
      const warned = documentWarnings(kind.code, number).length > 0;

      expect(check).toEqual({ ok: true, number, ...(warned ? { unverified: true } : {}) });
    }),
  );
});
