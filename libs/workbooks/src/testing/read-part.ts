import { type Entry, fromBuffer } from 'yauzl';
import { text } from 'node:stream/consumers';

/** The text of one part of a zip. */
export const readPart = (bytes: Buffer, name: string): Promise<string> =>
  new Promise((resolve, reject) => {
    fromBuffer(bytes, {}, (error, zip) => {
      if (error) return reject(error);
      zip.on('end', () => reject(new Error(`There is no part ${name}.`)));
      zip.on('entry', (entry: Entry) => {
        if (entry.fileName !== name) return;
        zip.openReadStream(entry, (failure, stream) => (failure ? reject(failure) : resolve(text(stream))));
      });
    });
  });
