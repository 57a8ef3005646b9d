import {
  checkDocument,
  documentKinds,
  type DocumentKind,
  nameFault,
  normalizeName,
  normalizePhone,
} from '@shuzheng/regulation';

/** What somebody asks to change of a person, as it was written. */
export interface AskedChanges {
  readonly name?: string;
  readonly documentKind?: string;
  readonly documentNumber?: string;
  readonly phone?: string;
}

/** The same in the registry's own form. A document changes as a whole. */
export interface PersonChanges {
  readonly name?: string;
  readonly document?: { readonly kind: DocumentKind; readonly number: string };
  readonly phone?: string;
}

/** What is wrong with the changes that are asked for; the codes are those of a roster's rows. */
export function faultsOfChanges(asked: AskedChanges, today: string): string[] {
  const { name, documentKind, documentNumber, phone } = asked;
  const nothing = [name, documentKind, documentNumber, phone].every((value) => value === undefined);
  const kind = kindOf(documentKind);
  const document = kind && documentNumber !== undefined ? checkDocument(kind, documentNumber, today) : undefined;
  const dialed = phone === undefined ? undefined : normalizePhone(phone);
  return [
    ...(nothing ? ['nothing-to-change'] : []),
    ...given(name === undefined ? undefined : nameFault(name)),
    ...((documentKind === undefined) === (documentNumber === undefined) ? [] : ['document-incomplete']),
    ...(documentKind !== undefined && !kind ? ['document-kind-unknown'] : []),
    ...given(document && !document.ok ? document.fault : undefined),
    ...given(dialed && !dialed.ok ? dialed.fault : undefined),
  ];
}

export function takenChanges({ name, documentKind, documentNumber, phone }: AskedChanges): PersonChanges {
  const kind = kindOf(documentKind);
  const document = kind && documentNumber !== undefined ? checkDocument(kind, documentNumber) : undefined;
  const dialed = phone === undefined ? undefined : normalizePhone(phone);
  return {
    ...(name === undefined ? {} : { name: normalizeName(name) }),
    ...(kind && document?.ok ? { document: { kind, number: document.number } } : {}),
    ...(dialed?.ok ? { phone: dialed.phone } : {}),
  };
}

const given = (fault: string | undefined) => (fault === undefined ? [] : [fault]);
const kindOf = (text: string | undefined) => documentKinds.find(({ code }) => code === text)?.code;
