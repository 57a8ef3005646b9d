/** 鲁人社字〔2022〕156号 六(二): promises that an announcement must not make. 合作 alone is no such word. */
const warned = ['包过', '保过', '不过退费', '包就业', '包年薪', '保年薪', '包拿证', '培训贷'];

/** The words that a person should look at again. They warn and never refuse. */
export const advertWordsIn = (text: string): string[] => {
  const plain = text.normalize('NFKC').replace(/[\s\p{P}]/gu, '');
  return warned.filter((word) => plain.includes(word));
};
