import { serve } from '@shuzheng/platform';
import { allServices } from './services.js';

// Every service in one process, on the PostgreSQL that DATABASE_URL names.
await serve(allServices);
