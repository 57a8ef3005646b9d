/** What is examined. */
export interface Subject {
  readonly occupationCode: string;
  readonly edition: string;
  readonly level: string;
  readonly direction: string;
}

/** The days of the two papers. */
export interface Papers {
  readonly theoryOn: string;
  readonly abilityOn: string;
}

export const isSameSubject = (a: Subject, b: Subject) =>
  a.occupationCode === b.occupationCode &&
  a.edition === b.edition &&
  a.level === b.level &&
  a.direction === b.direction;

export const firstPaperOn = ({ theoryOn, abilityOn }: Papers) => (theoryOn < abilityOn ? theoryOn : abilityOn);

/** 考核结束: no document says which day that is; the last paper of the session is the setting in use. */
export const lastPaperOn = ({ theoryOn, abilityOn }: Papers) => (theoryOn > abilityOn ? theoryOn : abilityOn);
