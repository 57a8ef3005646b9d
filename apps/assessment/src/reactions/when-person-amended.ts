import { Injectable } from '@nestjs/common';
import { PersonAmended, PersonsMerged } from '@shuzheng/contracts';
import { Clock, Database, latestOf, On, Personal, rows, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';

/** A person has another name or number, or turned out to be somebody already known: one history, under one name. */
@Injectable()
export class WhenPersonAmended {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly personal: Personal,
  ) {}

  @On(PersonAmended)
  async rename(events: PersonAmended[]) {
    const persons = latestOf(events, ({ personId }) => personId);
    await this.db.transaction(async (tx) => {
      await sql(tx, renamePersons, [
        ...columnsOf(persons),
        persons.map(({ personId, name }) => this.personal.seal('known_person', 'name_sealed', personId, name)),
        persons.map(({ personId, documentNumber }) =>
          this.personal.seal('known_person', 'number_sealed', personId, documentNumber),
        ),
      ]);
      await this.renameApplications(tx, persons);
    });
  }

  /** What an application said before is kept beside it, sealed for that place. */
  private async renameApplications(tx: EntityManager, persons: readonly PersonAmended[]) {
    const personOf = new Map(persons.map((person) => [person.personId, person]));
    const found = await rows<Applied>(tx, applicationsBefore, [
      persons.map(({ personId }) => personId),
      persons.map(({ version }) => version),
    ]);
    const keep = (column: string, id: string, sealed: string) =>
      this.personal.seal('application_identity', column, id, this.personal.open('application', column, id, sealed));
    await sql(tx, keepFormer, [
      found.map(({ id }) => id),
      found.map(({ id, name }) => keep('name_sealed', id, name)),
      found.map(({ id, number }) => keep('number_sealed', id, number)),
      this.clock.now(),
    ]);
    const pairs = found.flatMap(({ id, personId }) => {
      const person = personOf.get(personId);
      return person ? [{ id, person }] : [];
    });
    await sql(tx, rename, [
      pairs.map(({ id }) => id),
      pairs.map(({ person }) => person.documentKind),
      pairs.map(({ id, person }) => this.personal.seal('application', 'name_sealed', id, person.name)),
      pairs.map(({ id, person }) => this.personal.seal('application', 'number_sealed', id, person.documentNumber)),
      pairs.map(({ person }) => person.nameIndex),
      pairs.map(({ person }) => person.numberIndex),
      pairs.map(({ person }) => person.version),
    ]);
  }

  @On(PersonsMerged)
  async merge(events: PersonsMerged[]) {
    await this.db.transaction(async (tx) => {
      // One after the other: a person may be merged twice within one set.
      for (const { personId, mergedPersonId } of events) {
        const both = [mergedPersonId, personId];
        await sql(tx, 'update known_alias set person_id = $2 where person_id = $1', both);
        await sql(tx, remember, both);
        for (const move of moves) await sql(tx, move, both);
      }
    });
  }
}

interface Applied {
  readonly id: string;
  readonly personId: string;
  readonly name: string;
  readonly number: string;
}

const columnsOf = (persons: readonly PersonAmended[]) => [
  persons.map(({ personId }) => personId),
  persons.map(({ documentKind }) => documentKind),
  persons.map(({ nameIndex }) => nameIndex),
  persons.map(({ numberIndex }) => numberIndex),
];

const renamePersons = `
  insert into known_person (person_id, document_kind, name_index, number_index, name_sealed, number_sealed)
  select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
  on conflict (person_id) do update set document_kind = excluded.document_kind, name_index = excluded.name_index,
    number_index = excluded.number_index, name_sealed = excluded.name_sealed, number_sealed = excluded.number_sealed`;

const applicationsBefore = `
  select a.id, a.person_id as "personId", a.name_sealed as name, a.number_sealed as number
  from application as a join unnest($1::uuid[], $2::int[]) as heard (person_id, version) on heard.person_id = a.person_id
  where a.person_version < heard.version for no key update of a`;

const keepFormer = `
  insert into application_identity (application_id, person_version, organisation_id, city_code, document_kind, name_sealed,
    number_sealed, replaced_at)
  select a.id, a.person_version, a.organisation_id, a.city_code, a.document_kind, former.name, former.number, $4
  from unnest($1::uuid[], $2::text[], $3::text[]) as former (id, name, number) join application as a on a.id = former.id
  on conflict (application_id, person_version) do nothing`;

const rename = `
  update application as a set document_kind = heard.document_kind, name_sealed = heard.name, number_sealed = heard.number,
    name_index = heard.name_index, number_index = heard.number_index, person_version = heard.version
  from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int[])
    as heard (id, document_kind, name, number, name_index, number_index, version)
  where a.id = heard.id`;

const remember = `
  insert into known_alias (merged_person_id, person_id) values ($1, $2)
  on conflict (merged_person_id) do update set person_id = excluded.person_id`;

/** Everything of the one goes to the other; where the other has the same already, the first stays as it was. */
const moves = [
  `update known_completion as c set person_id = $2 where person_id = $1
     and not exists (select from known_completion as o where o.class_id = c.class_id and o.person_id = $2)`,
  'update known_withdrawal set person_id = $2 where person_id = $1',
  `update application as a set person_id = $2 where person_id = $1
     and (a.state not in ('submitted', 'qualified') or not exists (select from application as o
       where o.session_id = a.session_id and o.person_id = $2 and o.state in ('submitted', 'qualified')))`,
  `update result as r set person_id = a.person_id from application as a
   where a.id = r.application_id and r.person_id = $1 and a.person_id = $2`,
];
