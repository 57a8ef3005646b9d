import { sqlMigration } from '@shuzheng/platform';
import { readFileSync } from 'node:fs';

/** Every text that was ever shown to an applicant, by its version. A text that was used is never changed. */
const texts = [
  // The days are those of the notice that asks for a commitment: no document says when a text of its own takes effect.
  { version: '2026-11', from: '2022-12-08', file: 'commitment-2026-11.txt' },
];

const textOf = (file: string) => readFileSync(new URL(`./${file}`, import.meta.url), 'utf8').trim();

const inserts = texts.map(
  ({ version, from, file }) => `
    insert into commitment (version, text, sha256, valid_from)
    select '${version}', text, encode(sha256(convert_to(text, 'UTF8')), 'hex'), '${from}'
    from (values ($commitment$${textOf(file)}$commitment$)) as shown (text);`,
);

export const keepCommitments = sqlMigration(
  1002,
  'KeepCommitments',
  `
    create table commitment (
      version    text primary key,
      text       text not null,
      sha256     text not null unique,
      valid_from date not null
    );
    comment on table commitment is 'public | the wording of the commitment, by version; never changed once shown';
    ${inserts.join('')}`,
);
