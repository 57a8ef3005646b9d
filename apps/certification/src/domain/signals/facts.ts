/** What is known of one row of a batch when its signals are looked for: ids, days, counts and codes, nothing else. */
export interface RowFacts {
  readonly id: string;
  /** Nobody has decided on it. Only such rows get signals; the others are there to be compared with. */
  readonly open: boolean;
  readonly theory: number;
  readonly ability: number;
  /** The day the result was recorded, where assessment says so. */
  readonly recordedOn: string | null;
  /** The class the hours come from; null while it is not known here. */
  readonly training: { readonly startsOn: string; readonly completedOn: string | null } | null;
  readonly hours: number | null;
  /** The day the training certificate of that class was revoked; null: it stands, or there was none. */
  readonly trainingRevokedOn: string | null;
  /** How many persons have a phone in common with this one, this one among them; 0: no phone is known. */
  readonly sharingPhone: number;
  /** Where else the person was on a day of this exam. */
  readonly elsewhere: readonly { readonly day: string; readonly kind: 'session' | 'lesson' }[];
  /** Other levels of the same occupation that the person has under way. */
  readonly otherLevels: readonly string[];
}

/** What is known of a batch. */
export interface BatchFacts {
  readonly today: string;
  /** The days of the exam, in order; where the session is not known here, the reported last one. */
  readonly examDays: readonly string[];
  readonly lastPaperOn: string;
  readonly sat: number;
  readonly passed: number;
  /** The same institution's earlier sessions of the same occupation and level. */
  readonly history: { readonly sessions: number; readonly sat: number; readonly passed: number };
  /** What the directory, as it is held now, lacks on each day of the exam; null: it covers the day. */
  readonly cover: readonly { readonly day: string; readonly missing: string | null }[];
  /** What it lacks today. */
  readonly missingToday: string | null;
  /** 标准学时; null: 待核实. */
  readonly standardHours: number | null;
  /** People of the department who are attached to an institution of the batch today. */
  readonly attachedOfficers: number;
  readonly rows: readonly RowFacts[];
}
