import { broken, type Rules } from '@shuzheng/platform/rules';
import { mayBecome, type SignalState } from './signal-states.js';

/** A signal as it stands when somebody wants to dismiss it. */
export interface DismissibleSignal {
  readonly code: string;
  readonly state: SignalState;
  readonly version: number;
}

interface Asked {
  readonly signalId: string;
  readonly version?: number;
}

interface Dismissing {
  readonly item: Asked;
  readonly signal: DismissibleSignal | undefined;
  readonly repeated: boolean;
}

const dismissing = {
  'signal-unknown': ({ signal }) => signal === undefined,
  'signal-repeated': ({ repeated }) => repeated,
  'signal-not-open': ({ signal }) => signal !== undefined && !mayBecome(signal.state, 'dismissed'),
  'signal-changed': ({ signal, item }) =>
    signal !== undefined && item.version !== undefined && item.version !== signal.version,
} satisfies Rules<Dismissing>;

/** Every rule that each item breaks. */
export function faultsOfDismissal<Item extends Asked>(
  items: readonly Item[],
  known: ReadonlyMap<string, DismissibleSignal>,
): { item: Item; rule: string }[] {
  const seen = new Set<string>();
  return items.flatMap((item) => {
    const repeated = seen.has(item.signalId);
    seen.add(item.signalId);
    const facts = { item, signal: known.get(item.signalId), repeated };
    return broken(dismissing, facts).map((rule) => ({ item, rule }));
  });
}
