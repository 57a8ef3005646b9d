import type { Profile as ProfileName } from '../config.js';

/** Which profile this process runs under, for what a real registry must refuse. */
export class Profile {
  constructor(readonly name: ProfileName) {}
}
