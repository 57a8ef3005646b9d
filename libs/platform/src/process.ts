import { BadConfiguration, readConfig } from './config.js';
import { type Host, host } from './host.js';
import { faultOf, log } from './log.js';
import type { Service } from './service.js';

const HARD_STOP_MS = 25_000;

/** A service's whole process. */
export const serve = (services: readonly Service[]): Promise<void> => run(() => host(services, readConfig()));

/**
 * Runs something until it is told to stop. What is wrong with the environment is one line, and what nobody expected is
 * logged without the values that an error's message may quote.
 */
export async function run(start: () => Promise<Pick<Host, 'url' | 'close'>>): Promise<void> {
  process.on('uncaughtException', (error) => {
    log.error('this process ends after an error that nobody caught', faultOf(error));
    process.exit(1);
  });
  try {
    const serving = await start();
    stopOnSignals(serving);
    tellParent(serving.url);
  } catch (error) {
    if (error instanceof BadConfiguration) process.stderr.write(`${error.message}\n`);
    else log.error('could not start', faultOf(error));
    process.exit(1);
  }
}

/** What a part of a laptop's registry tells the process that started it. */
export interface Serving {
  readonly serving: string;
}

/** The parent lets the system choose the port, and hears which it was. */
function tellParent(url: string) {
  process.send?.({ serving: url } satisfies Serving);
}

/** Ends the host on the first signal, and the process at the latest after 25 seconds. */
function stopOnSignals(host: Pick<Host, 'close'>) {
  const stop = (signal: NodeJS.Signals) => {
    log.info('stopping', { signal });
    setTimeout(() => process.exit(1), HARD_STOP_MS).unref();
    host.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error('could not stop in order', faultOf(error));
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  if (process.env['SHUZHENG_WITH_PARENT']) {
    // A part of a laptop's registry ends with the process that started it, even when that was killed.
    process.stdin
      .once('end', () => stop('SIGTERM'))
      .once('error', () => stop('SIGTERM'))
      .resume();
  }
}
