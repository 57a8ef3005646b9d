/** Further doors: see doors.ts. */
export const signInDoor = `
    -- Of names that are nobody's nothing is kept.
    create function record_sign_in(
      id uuid, who uuid, organisation uuid, outcome text, method text, device text, network text, keep_days int)
    returns void language sql security definer set search_path = identity, pg_temp as $$
      insert into sign_in (id, account_id, organisation_id, outcome, method, device, network)
        select id, who, organisation, outcome, method, device, network where who is not null;
      delete from sign_in where account_id = who and at < clock_timestamp() - make_interval(days => keep_days) $$;`;

export const accountDoors = `
    create function invitation_for(digest text)
    returns table (id uuid, organisation_id uuid, roles text[], login_name text, display_name_sealed text, invited_by uuid)
    language sql security definer set search_path = identity, pg_temp as $$
      select id, organisation_id, roles, login_name, display_name_sealed, invited_by from invitation
      where code_digest = digest and state = 'open' and expires_at > clock_timestamp()
      for update $$;

    -- The rule that stands against it, or null when whoever held the code is a member now.
    create function accept_invitation(
      digest text, account uuid, known boolean, login text, hash text, name_sealed text, membership uuid)
    returns text
    language plpgsql security definer set search_path = identity, pg_temp as $$
    declare invited invitation;
    begin
      select * into invited from invitation
      where code_digest = digest and state = 'open' and expires_at > clock_timestamp() for update;
      if not found then return 'invitation-unknown'; end if;
      if not known then
        insert into account (id, kind, organisation_id, login_name, display_name_sealed, password_hash)
          values (account, 'member', invited.organisation_id, login, name_sealed, hash)
          on conflict (login_name) do nothing;
        if not found then return 'login-name-taken'; end if;
      end if;
      insert into membership (id, account_id, organisation_id, roles, granted_by)
        values (membership, account, invited.organisation_id, invited.roles, invited.invited_by)
        on conflict (account_id, organisation_id) where withdrawn_at is null do nothing;
      if not found then return 'membership-exists'; end if;
      update invitation set state = 'accepted', accepted_by = account, settled_at = clock_timestamp()
        where id = invited.id;
      return null;
    end $$;

    create function reset_for(digest text) returns table (reset_id uuid, account_id uuid)
    language sql security definer set search_path = identity, pg_temp as $$
      select id, password_reset.account_id from password_reset
      where code_digest = digest and used_at is null and replaced_at is null and expires_at > clock_timestamp() $$;

    create function linked_account(digest text) returns uuid
    language sql security definer set search_path = identity, pg_temp as $$
      select external_identity.account_id from external_identity join account on account.id = external_identity.account_id
      where subject_digest = digest and ended_at is null and withdrawn_at is null $$;`;

export const clientDoors = `
    -- The lock lasts until the token is made: a withdrawal that comes later is later than the token, too.
    create function client_credentials(who uuid, on_day date)
    returns table (number int, secret_digest text, permissions text[], organisation_id uuid, role text, city_code text)
    language sql security definer set search_path = identity, pg_temp as $$
      select client_secret.number, client_secret.digest, client.permissions, client.organisation_id, organisation.role,
        organisation.city_code
      from client join organisation on organisation.id = client.organisation_id
        join client_secret on client_secret.client_id = client.id
      where client.id = who and client.withdrawn_at is null and (client.expires_on is null or client.expires_on >= on_day)
        and coalesce(client_secret.ends_at, 'infinity') > clock_timestamp()
      order by client_secret.number desc
      for share of client $$;

    create function client_secret_used(who uuid, which int, on_day date) returns void
    language sql security definer set search_path = identity, pg_temp as $$
      update client_secret set last_used_on = on_day
      where client_id = who and number = which and last_used_on is distinct from on_day $$;`;

export const activationDoors = `
    create or replace function activation_for(number text, name text, digest text)
    returns table (enrolment_id uuid, registered boolean)
    language sql security definer set search_path = identity, pg_temp as $$
      select activation.enrolment_id,
        exists (select 1 from account where account.person_id = activation.person_id and withdrawn_at is null)
      from activation
      where number_index = number and name_index = name and activation_digest = digest and used_at is null
        and activation.withdrawn_at is null
      order by activation.enrolment_id limit 1
      for update of activation $$;

    create or replace function register_learner(
      enrolment uuid, digest text, account uuid, login text, hash text, name_sealed text)
    returns text
    language plpgsql security definer set search_path = identity, pg_temp as $$
    declare person uuid;
    begin
      select person_id into person from activation
      where enrolment_id = enrolment and activation_digest = digest and used_at is null and withdrawn_at is null
      for update;
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
