import { crc32, deflateRawSync } from 'node:zlib';

export interface Part {
  name: string;
  data: Buffer | string;
  /** What the directory says instead of the truth. */
  declaredSize?: number;
  method?: number;
  flags?: number;
}

/** A zip written byte by byte, so that a test can make the ones no honest program writes. */
export function makeZip(parts: Part[]): Buffer {
  const written = parts.map(pack);
  let offset = 0;
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  for (const { local, central } of written) {
    central.writeUInt32LE(offset, 42);
    offset += local.length;
    locals.push(local);
    directory.push(central);
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...directory, end]);
}

function pack({ name, data, declaredSize, method = 8, flags = 0x800 }: Part) {
  const content = Buffer.from(data);
  const packed = method === 0 ? content : deflateRawSync(content);
  const facts = Buffer.alloc(26);
  facts.writeUInt16LE(20, 0);
  facts.writeUInt16LE(flags, 2);
  facts.writeUInt16LE(method, 4);
  facts.writeUInt32LE(crc32(content), 10);
  facts.writeUInt32LE(packed.length, 14);
  facts.writeUInt32LE(declaredSize ?? content.length, 18);
  facts.writeUInt16LE(Buffer.byteLength(name), 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), facts, Buffer.from(name), packed]);
  const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), facts, Buffer.alloc(14), Buffer.from(name)]);
  return { local, central };
}
