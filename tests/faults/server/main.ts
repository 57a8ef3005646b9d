import { institutions } from '@shuzheng/institutions';
import { type Config, FixedClock, host } from '@shuzheng/platform';

// A replica for as long as it takes to be killed.
const config = JSON.parse(process.argv[2] ?? '') as Config;
const clock = new FixedClock('2026-03-02T09:00:00+08:00');
const { url } = await host([institutions], config, { clock, alone: true });
process.send?.({ url });
