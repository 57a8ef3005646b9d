import { broken, type Rules } from '@shuzheng/platform/rules';
import type { CertificateState } from './certificate-states.js';

export const printStates = ['asked', 'with-printer', 'sent', 'delivered', 'returned', 'cancelled'] as const;
export type PrintState = (typeof printStates)[number];

/** What is done to a print order. The database holds the same table. */
export const printActs = {
  'hand-over': { from: ['asked'], to: 'with-printer' },
  send: { from: ['with-printer'], to: 'sent' },
  deliver: { from: ['sent'], to: 'delivered' },
  return: { from: ['sent'], to: 'returned' },
  cancel: { from: ['asked', 'with-printer'], to: 'cancelled' },
} as const satisfies Record<string, { from: readonly PrintState[]; to: PrintState }>;
export type PrintAct = keyof typeof printActs;

/** Somebody still works on an order in one of these. */
export const openPrintStates: readonly PrintState[] = ['asked', 'with-printer', 'sent'];

export const reasonsNotToAdvance = (act: PrintAct, state: PrintState): string[] =>
  (printActs[act].from as readonly PrintState[]).includes(state) ? [] : ['print-state-wrong'];

export interface OrderingFacts {
  readonly certificate: CertificateState | undefined;
  readonly repeated: boolean;
  /** Is another order for this certificate open? */
  readonly open: boolean;
  readonly overrideReason: string | undefined;
}

const ordering = {
  'certificate-unknown': ({ certificate }) => certificate === undefined,
  'certificate-repeated': ({ repeated }) => repeated,
  'certificate-revoked': ({ certificate }) => certificate === 'revoked',
  'certificate-suspended': ({ certificate }) => certificate === 'suspended',
  'print-order-open': ({ open, overrideReason }) => open && overrideReason === undefined,
} satisfies Rules<OrderingFacts>;

export const reasonsNotToPrint = (facts: OrderingFacts): string[] => broken(ordering, facts);

export const printingReasons = {
  'certificate-unknown': { title: '没有这份证书，或您无权查看', advice: '请核对证书' },
  'certificate-repeated': { title: '同一份证书出现了多次', advice: '请每份证书只列一次，份数另填' },
  'print-order-open': {
    title: '该证书已有未完成的印制',
    advice: '请先查看原印制单；确需另印的，请填写理由 overrideReason',
  },
  'print-state-wrong': { title: '印制单的状态不能这样变更', advice: '请刷新后查看印制单的状态' },
  'print-due-in-past': { title: '应完成日期早于今天', advice: '请填写今天或之后的日期' },
} as const satisfies Record<string, { title: string; advice: string; source?: string }>;
