import { sqlMigration } from '@shuzheng/platform';

export const createPrintOrders = sqlMigration(
  1022,
  'CreatePrintOrders',
  `
  create table print_order (
    id              uuid        primary key,
    certificate_id  uuid        not null references certificate,
    organisation_id uuid        not null,
    version         int         not null default 1 check (version > 0),
    of_version      int         not null,
    copies          int         not null check (copies between 1 and 20),
    printer         text        not null,
    due_on          date        not null,
    state           text        not null default 'asked'
      check (state in ('asked', 'with-printer', 'sent', 'delivered', 'returned', 'cancelled')),
    override_sealed text,
    ordered_by      uuid        not null,
    ordered_at      timestamptz not null
  );
  comment on table print_order is 'internal | 印制: which certificate is being printed where, until it is with its holder';
  comment on column print_order.override_sealed is 'sealed | why it is printed while another order is open, which may name somebody | shown only with the order';
  -- Two orders at once are two decisions: the second one says why.
  create unique index print_order_one_open on print_order (certificate_id)
    where state in ('asked', 'with-printer', 'sent') and override_sealed is null;
  create index print_order_of on print_order (certificate_id);
  create index print_order_due on print_order (state, due_on);
  alter table print_order enable row level security;
  create policy reach on print_order using (app_sees(organisation_id, null::text));
  create trigger kept before delete on print_order for each row execute function only_added();

  create table print_step (
    order_id        uuid        not null references print_order,
    nth             int         not null check (nth > 0),
    organisation_id uuid        not null,
    state           text        not null,
    reason_sealed   text,
    by_account      uuid        not null,
    at              timestamptz not null,
    primary key (order_id, nth)
  );
  comment on table print_step is 'internal | what became of a print order, step by step';
  comment on column print_step.reason_sealed is 'sealed | why it was cancelled or came back, which may name somebody | shown only with the order';
  alter table print_step enable row level security;
  create policy reach on print_step using (app_sees(organisation_id, null::text));
  create trigger kept before update or delete on print_step for each row execute function only_added();

  create table print_transition (
    was     text not null,
    becomes text not null,
    primary key (was, becomes)
  );
  comment on table print_transition is 'public | which state of a print order may follow which';
  insert into print_transition values ('asked', 'with-printer'), ('asked', 'cancelled'), ('with-printer', 'sent'),
    ('with-printer', 'cancelled'), ('sent', 'delivered'), ('sent', 'returned');

  create function hold_print() returns trigger language plpgsql as $$
  begin
    if not exists (select from print_transition where was = old.state and becomes = new.state) then
      raise check_violation using message = format('a print order does not go from %s to %s', old.state, new.state);
    end if;
    return new;
  end $$;
  create trigger held before update of state on print_order for each row
    when (old.state is distinct from new.state) execute function hold_print();`,
);
