/** Which state follows which: an invitation that nobody accepted in time is over, whatever its row says. */
export const invitationStates = {
  open: ['accepted', 'withdrawn', 'expired'],
  accepted: [],
  withdrawn: [],
  expired: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export const requestStates = {
  open: ['granted', 'refused'],
  granted: [],
  refused: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export const sessionStates = {
  live: ['ended', 'expired'],
  ended: [],
  expired: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** May it go from here to there? */
export const mayBecome = (table: Readonly<Record<string, readonly string[]>>, from: string, to: string) =>
  table[from]?.includes(to) === true;

export interface StateTimes {
  readonly state: string;
  /** Milliseconds. */
  readonly expiresAt: number;
  readonly now: number;
}

/** What an invitation is now. */
export const invitationState = ({ state, expiresAt, now }: StateTimes) =>
  state === 'open' && expiresAt <= now ? 'expired' : state;

export const invitationTitles: Readonly<Record<string, string>> = {
  open: '等待接受',
  accepted: '已接受',
  withdrawn: '已撤回',
  expired: '已过期',
};
export const requestTitles: Readonly<Record<string, string>> = {
  open: '等待用户管理员处理',
  granted: '已授予',
  refused: '未同意',
};
