/** A variable that cannot be used as it is. The process stops with this one line. */
export class BadConfiguration extends Error {
  constructor(variable: string, advice: string) {
    super(`${variable}: ${advice}`);
  }
}
