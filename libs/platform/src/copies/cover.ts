/** One dated row of a directory. Null direction or levels: the row does not name them, so all are meant. */
export interface DirectoryEntry {
  readonly entryId: string;
  readonly role: string;
  readonly occupationCode: string;
  readonly direction: string | null;
  readonly levels: readonly string[] | null;
  readonly from: string;
  readonly to: string | null;
  readonly suspendedFrom: string | null;
}

/** Since when an organisation is active, suspended or ended. */
export interface Standing {
  readonly status: string;
  readonly from: string;
}

/** What somebody wants to do, and on which day. */
export interface CoverAsk {
  readonly role: 'training' | 'evaluation';
  readonly occupationCode: string;
  readonly level: string;
  readonly direction: string;
  readonly day: string;
}

export type Cover = { readonly entryId: string } | { readonly missing: CoverFault };
export type CoverFault =
  | 'organisation-suspended'
  | 'organisation-ended'
  | 'directory-occupation'
  | 'directory-level'
  | 'directory-direction'
  | 'directory-dates'
  | 'directory-suspended';

/**
 * Does the directory cover this on that day, and by which entry? If not, the first scope that is missing.
 * 鲁人社字〔2022〕156号 六(二): no training or evaluation outside the directory.
 */
export function coverOf(entries: readonly DirectoryEntry[], ask: CoverAsk, standing?: Standing): Cover {
  if (standing && standing.status !== 'active' && ask.day >= standing.from)
    return { missing: standing.status === 'ended' ? 'organisation-ended' : 'organisation-suspended' };
  const steps: [CoverFault, (entry: DirectoryEntry) => boolean][] = [
    ['directory-occupation', (entry) => entry.role === ask.role && entry.occupationCode === ask.occupationCode],
    ['directory-level', ({ levels }) => levels === null || levels.includes(ask.level)],
    ['directory-direction', ({ direction }) => direction === null || direction === ask.direction],
    ['directory-dates', ({ from, to }) => from <= ask.day && (to === null || ask.day <= to)],
    ['directory-suspended', ({ suspendedFrom }) => suspendedFrom === null || ask.day < suspendedFrom],
  ];
  let left = entries;
  for (const [fault, fits] of steps) {
    left = left.filter(fits);
    if (left.length === 0) return { missing: fault };
  }
  const [entry] = left;
  return entry ? { entryId: entry.entryId } : { missing: 'directory-occupation' };
}

/** What each missing scope says; the services that check cover add these to their catalogue. */
export const coverReasons = {
  'organisation-suspended': {
    title: '该机构自该日起已被暂停',
    advice: '请联系省人力资源社会保障厅；暂停前已开始的活动可以完成',
  },
  'organisation-ended': {
    title: '该机构自该日起已终止',
    advice: '终止后不能再开展新的活动；请核对日期，或联系省人力资源社会保障厅',
  },
  'directory-occupation': {
    title: '该机构不在此职业的目录内',
    advice: '请核对职业，或在列入目录后再办理',
    source: '鲁人社字〔2022〕156号 六（二）',
  },
  'directory-level': {
    title: '目录条目不包含此等级',
    advice: '请核对等级，或在目录增加该等级后再办理',
    source: '鲁人社字〔2022〕156号 六（二）',
  },
  'directory-direction': {
    title: '目录条目不包含此职业方向',
    advice: '请核对职业方向',
    source: '鲁人社字〔2022〕156号 六（二）',
  },
  'directory-dates': {
    title: '该日期不在目录条目的有效期内',
    advice: '请把日期调整到有效期内，或在目录延续后再办理',
    source: '鲁人社字〔2022〕156号 六（二）',
  },
  'directory-suspended': {
    title: '目录条目自该日起已被暂停',
    advice: '请联系省人力资源社会保障厅；暂停前已开始的活动可以完成',
  },
} as const;
