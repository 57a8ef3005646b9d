export { Client, type Problem, UnexpectedAnswer, until } from './journey/client.js';
export { runJourney, steps } from './journey/journey.js';
export { DAYS_BACK, DEMO_PASSWORD, World, type WorldOptions } from './journey/world.js';
export { startDistributed } from './laptop/distributed.js';
export { startLaptop } from './laptop/laptop.js';
export { startClocksBack } from './laptop/prepare.js';
export { allServices } from './services.js';
