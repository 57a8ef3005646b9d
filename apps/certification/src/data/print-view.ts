import { Day, Instant, Int, Nested, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { openPrintStates, type PrintState, printStates } from '../domain/printing.js';

export class PrintStatus {
  @OneOf(printStates) readonly state!: string;
  @Text(1, 60) readonly title!: string;
  @Text(1, 60, { nullable: true, description: '等待谁办理' }) readonly waitsFor!: string | null;
  @Day({ nullable: true }) readonly dueOn!: string | null;
}

export class PrintOrderView {
  @Uuid() readonly id!: string;
  @Int(1, 1000) readonly version!: number;
  @Uuid() readonly certificateId!: string;
  @Text(1, 40, { description: '登记号' }) readonly registryNumber!: string;
  @Text(1, 60) readonly maskedName!: string;
  @Uuid() readonly organisationId!: string;
  @Int(1, 1000, { description: '印制的证书版本' }) readonly ofVersion!: number;
  @Int(1, 20) readonly copies!: number;
  @Text(1, 100) readonly printer!: string;
  @Day() readonly dueOn!: string;
  @OneOf(printStates) readonly state!: PrintState;
  @Nested(() => PrintStatus) readonly status!: PrintStatus;
  @Uuid() readonly orderedBy!: string;
  @Instant() readonly orderedAt!: string;
}

/** Where each of these is read from. */
export const printColumns = {
  id: 'print_order.id',
  version: 'print_order.version',
  certificateId: 'print_order.certificate_id',
  registryNumber: 'certificate.registry_number',
  maskedName: 'certificate.masked_name',
  organisationId: 'print_order.organisation_id',
  ofVersion: 'print_order.of_version',
  copies: 'print_order.copies',
  printer: 'print_order.printer',
  dueOn: 'print_order.due_on',
  state: 'print_order.state',
  orderedBy: 'print_order.ordered_by',
  orderedAt: 'print_order.ordered_at',
};
export const printFrom = 'print_order join certificate on certificate.id = print_order.certificate_id';

const words: Readonly<Record<PrintState, { readonly title: string; readonly waitsFor: string | null }>> = {
  asked: { title: '待交付印制', waitsFor: 'evaluation-preparer' },
  'with-printer': { title: '印制中', waitsFor: 'printer' },
  sent: { title: '已寄出，待签收', waitsFor: 'evaluation-preparer' },
  delivered: { title: '已送达', waitsFor: null },
  returned: { title: '被退回', waitsFor: null },
  cancelled: { title: '已取消', waitsFor: null },
};

/** The order with whom it waits for. */
export function printSeen(order: Omit<PrintOrderView, 'status'>): PrintOrderView {
  const { state, dueOn } = order;
  return { ...order, status: { state, ...words[state], dueOn: openPrintStates.includes(state) ? dueOn : null } };
}
