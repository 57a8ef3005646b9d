/** A value of a drop-down: its code in the interface, its name in the workbook. */
export interface Word {
  readonly code: string;
  readonly name: string;
}

export const educations: readonly Word[] = [
  { code: 'junior-secondary', name: '初中' },
  { code: 'senior-secondary', name: '高中' },
  { code: 'secondary-vocational', name: '中专' },
  { code: 'technical-school', name: '技工院校' },
  { code: 'college', name: '大学专科' },
  { code: 'bachelor', name: '大学本科' },
  { code: 'master', name: '硕士研究生' },
  { code: 'doctor', name: '博士研究生' },
];

/** 人员类别. */
export const categories: readonly Word[] = [
  { code: 'employed', name: '在职' },
  { code: 'graduating', name: '应届毕业生' },
  { code: 'other', name: '其他' },
];

/** The code of what was chosen, whether it came as a code or as the word of the drop-down. */
export const codeOf = (words: readonly Word[], text: string): string | undefined =>
  words.find(({ code, name }) => code === text || name === text)?.code;

/** What may be chosen, for the reader of the interface: `college 大学专科、…`. */
export const choiceOf = (words: readonly Word[]) => words.map(({ code, name }) => `${code} ${name}`).join('、');

/** No direction is written, never left empty. */
export const NO_DIRECTION = '--';
