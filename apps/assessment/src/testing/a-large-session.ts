import { Personal } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import { aSatSession } from './a-session.js';
import { aWorld } from './a-world.js';
import type { ServiceUnderTest } from '@shuzheng/platform/testing';

/** A sat session of `count` candidates, put where as many applications would have put them. */
export async function aLargeSession(service: ServiceUnderTest, count: number) {
  const world = await aWorld(service);
  const { sessionId, admissions } = await aSatSession(world, world.learners.slice(0, 1));
  const serial = [...admissions.values()][0]?.slice(0, -4);
  const personal = new Personal('assessment', ['seal'], service.config);
  const ids = Array.from({ length: count - 1 }, () => randomUUID());
  await service.query(multiply, [
    sessionId,
    serial,
    ids,
    ids.map((id) => personal.seal('application', 'name_sealed', id, '张三')),
    ids.map((id) => personal.seal('application', 'number_sealed', id, '370102199001010000')),
  ]);
  const numbers = Array.from({ length: count }, (_, i) => `${serial}-${String(i + 1).padStart(3, '0')}`);
  return { world, sessionId, numbers };
}

const multiply = `
  insert into application (id, session_id, organisation_id, city_code, person_id, class_id, condition, rule_id,
    commitment_version, commitment_sha256, applied_by, applied_at, document_kind, name_sealed, number_sealed, name_index,
    number_index, state, admission_number)
  select more.id, session_id, organisation_id, city_code, gen_random_uuid(), class_id, condition, rule_id, commitment_version,
    commitment_sha256, applied_by, applied_at, document_kind, name, number, name_index, number_index, state,
    $2 || '-' || lpad((nth + 1)::text, greatest(3, length((nth + 1)::text)), '0')
  from (select * from application where session_id = $1) as one,
    unnest($3::uuid[], $4::text[], $5::text[]) with ordinality as more (id, name, number, nth)`;
