import { BadConfiguration, host, readConfig, stopOnSignals } from '@shuzheng/platform';
import { allServices } from './services.js';

// Every service in one process, on the PostgreSQL that DATABASE_URL names.
try {
  stopOnSignals(await host(allServices, readConfig()));
} catch (error) {
  if (!(error instanceof BadConfiguration)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
