/**
 * Strangers see no row at all. What signing in, registering and the first start must know or do before anybody is
 * signed in goes through these functions, each of which tells or does one thing.
 */
export const doors = `
  create function credentials(login text) returns table (account_id uuid, password_hash text)
  language sql security definer set search_path = identity, pg_temp as $$
    select id, account.password_hash from account where login_name = login and withdrawn_at is null $$;

  -- Five wrong passwords lock the account for a quarter of an hour of real time; more of them do not prolong it.
  create function sign_in_failed(who uuid) returns void
  language sql security definer set search_path = identity, pg_temp as $$
    update account set
      failures = case when locked_until is null then (failures + 1) % 5 else 1 end,
      locked_until = case when locked_until is null and failures = 4 then clock_timestamp() + interval '15 minutes' end
    where id = who and coalesce(locked_until, '-infinity') <= clock_timestamp() $$;

  create function login_name_taken(login text) returns boolean
  language sql security definer set search_path = identity, pg_temp as $$
    select exists (select 1 from account where login_name = login) $$;

  create function session_of(token_digest text) returns table (session_id uuid, account_id uuid)
  language sql security definer set search_path = identity, pg_temp as $$
    select id, session.account_id from session where refresh_digest = token_digest
    union all
    select spent_refresh.session_id, spent_refresh.account_id from spent_refresh where digest = token_digest $$;

  -- The lock lasts until the token is made: a withdrawal that comes later is later than the token, too.
  create function client_credentials(who uuid)
  returns table (secret_digest text, permissions text[], organisation_id uuid, role text, city_code text)
  language sql security definer set search_path = identity, pg_temp as $$
    select client.secret_digest, client.permissions, client.organisation_id, organisation.role, organisation.city_code
    from client join organisation on organisation.id = client.organisation_id
    where client.id = who and client.withdrawn_at is null
    for share of client $$;

  -- False when the first administrator is there already.
  create function found_operator(account uuid, membership uuid, login text, hash text, name_sealed text) returns boolean
  language plpgsql security definer set search_path = identity, pg_temp as $$
  begin
    update operator set bootstrapped_at = clock_timestamp() where bootstrapped_at is null;
    if not found then return false; end if;
    insert into account (id, kind, organisation_id, login_name, display_name_sealed, password_hash)
      values (account, 'member', operator_id(), login, name_sealed, hash);
    insert into membership (id, account_id, organisation_id, roles, granted_by)
      values (membership, account, operator_id(), array['system-administrator'], account);
    return true;
  end $$;

  -- The enrolment a code was made for, locked, and whether its person has an account. Used codes are as unknown as wrong ones.
  create function activation_for(number text, name text, digest text)
  returns table (enrolment_id uuid, registered boolean)
  language sql security definer set search_path = identity, pg_temp as $$
    select activation.enrolment_id,
      exists (select 1 from account where account.person_id = activation.person_id and withdrawn_at is null)
    from activation
    where number_index = number and name_index = name and activation_digest = digest and used_at is null
    order by activation.enrolment_id limit 1
    for update of activation $$;

  -- The rule that stands against it, or null when the learner has an account now.
  create function register_learner(enrolment uuid, digest text, account uuid, login text, hash text, name_sealed text)
  returns text
  language plpgsql security definer set search_path = identity, pg_temp as $$
  declare person uuid;
  begin
    select person_id into person from activation
    where enrolment_id = enrolment and activation_digest = digest and used_at is null for update;
    if not found then return 'activation-unknown'; end if;
    insert into account as a (id, kind, person_id, login_name, display_name_sealed, password_hash)
      values (account, 'learner', person, login, name_sealed, hash)
      on conflict do nothing;
    if not found then
      return case when login_name_taken(login) then 'login-name-taken' else 'learner-registered' end;
    end if;
    update activation set used_at = clock_timestamp(), account_id = account where enrolment_id = enrolment;
    return null;
  end $$;`;
