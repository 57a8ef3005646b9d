import { sqlMigration } from '@shuzheng/platform';

export const holdSignalSteps = sqlMigration(
  1043,
  'HoldSignalSteps',
  `
  create table signal_transition (
    was     text not null,
    becomes text not null,
    primary key (was, becomes)
  );
  comment on table signal_transition is 'public | which state of a signal may follow which';
  insert into signal_transition values
    ('open', 'dismissed'), ('open', 'closed'), ('dismissed', 'open'), ('dismissed', 'closed'), ('closed', 'open');

  create function hold_signal() returns trigger language plpgsql as $$
  begin
    if new.version <> old.version + 1 then
      raise check_violation using message = 'every change of a signal is a version of its own';
    end if;
    if old.state <> new.state and not exists (select from signal_transition where was = old.state and becomes = new.state) then
      raise check_violation using message = format('a signal does not go from %s to %s', old.state, new.state);
    end if;
    return new;
  end $$;
  create trigger held before update on signal for each row execute function hold_signal();`,
);
