import type { Registry } from './registry.js';

/**
 * Makes rows of a table fail or wait, from within PostgreSQL: the product runs as it is and learns of it as it would of a
 * real conflict. `body` is PL/pgSQL; a deferred one runs at the commit. Returns what takes it away again.
 */
export async function inject(registry: Registry, table: string, body: string, when: 'insert' | 'commit' = 'insert') {
  const name = nameOf(table);
  const trigger =
    when === 'commit'
      ? `create constraint trigger ${name} after insert on ${table} deferrable initially deferred`
      : `create trigger ${name} before insert on ${table}`;
  await registry.query(`
    create schema if not exists faults;
    grant usage on schema faults to public;
    create sequence if not exists faults.${name};
    grant usage on sequence faults.${name} to public;
    create or replace function faults.${name}() returns trigger language plpgsql as $$ begin ${body} return new; end $$;
    ${trigger} for each row execute function faults.${name}()`);
  const heal = () => registry.query(`drop trigger if exists ${name} on ${table}`);
  registry.leftovers.push(() => heal().catch(() => undefined));
  return heal;
}

/** Raises that SQLSTATE with that chance, and counts it: a sequence keeps what a transaction that is undone has taken from it. */
export const failing = (state: string, chance: number, condition = 'true') =>
  `if ${condition} and random() < ${chance} then
     perform nextval(format('faults.%I', tg_name));
     raise exception 'injected' using errcode = '${state}';
   end if;`;

/** How often rows of these tables were made to fail, in all the time since the first injection. */
export async function struck(registry: Registry, tables: readonly string[]): Promise<number> {
  const counts = await registry.query<{ n: number }>(
    tables
      .map((table) => `select case when is_called then last_value::int else 0 end as n from faults.${nameOf(table)}`)
      .join(' union all '),
  );
  return counts.reduce((sum, { n }) => sum + n, 0);
}

const nameOf = (table: string) => `fault_${table.replace('.', '_')}`;
