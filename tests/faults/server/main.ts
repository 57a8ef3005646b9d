import { institutions } from '@shuzheng/institutions';
import { oversight } from '@shuzheng/oversight';
import { type Config, FixedClock, host } from '@shuzheng/platform';

// A replica of one service for as long as a test needs it; its clock stands where the test says.
const [name, text = ''] = process.argv.slice(2);
const clock = new FixedClock('2026-03-02T09:00:00+08:00');
const service = [institutions, oversight].find((one) => one.name === name);
if (!service) throw new Error(`there is no ${name} here`);
const { url } = await host([service], JSON.parse(text) as Config, { clock, alone: true });
process.on('message', (time: string) => {
  clock.set(time);
  process.send?.({ set: time });
});
process.send?.({ url });
