import type { Database } from '../database.js';
import type { Audit } from './audit.js';

type Method = (events: readonly unknown[], messages: readonly unknown[]) => Promise<unknown>;

/** A reactor whose every reaction is noted for the audit: its effect leaves a row like any other. */
export function audited<Reactor extends object>(reactor: Reactor, audit: Audit, db: Database): Reactor {
  return new Proxy(reactor, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...given: Parameters<Method>) => {
        const called = () => (member as Method).apply(target, given);
        if (!db.joined || !Array.isArray(given[0])) return called();
        return audit
          .note({
            operation: `reaction:${target.constructor.name}.${String(name)}`,
            detail: { events: given[0].length },
          })
          .then(called);
      };
    },
  });
}
