/** 鲁人社字〔2022〕156号 六(二): promises that an announcement must not make. 合作 alone is no such word. */
const warned = ['包过', '保过', '不过退费', '包就业', '包年薪', '保年薪', '包拿证', '培训贷'];

/** The words that a person should look at again. They warn and never refuse. */
export const advertWordsIn = (text: string): string[] => {
  const plain = text.normalize('NFKC').replace(/[\s\p{P}]/gu, '');
  return warned.filter((word) => plain.includes(word));
};

/** Anybody can read an announcement for ever: a document number or a mobile phone in it would be given away. */
export function namesAPerson(text: string): boolean {
  const digits = text.normalize('NFKC').replace(/[\s\-·]/gu, '');
  return /(?<!\d)(1[3-9]\d{9}|\d{17}[\dXx])(?!\d)/.test(digits);
}
