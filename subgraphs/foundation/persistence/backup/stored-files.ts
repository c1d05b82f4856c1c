import { createCipheriv, createDecipheriv, createHash, randomBytes, scryptSync } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough, type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { BackupRefused } from "./refused.ts";

/** How a file of a backup is stored: packed, and with a key encrypted (AES-256-GCM: 12 bytes of nonce, the text, 16 bytes of tag). */
export interface StoredFile {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

const [nonceLength, tagLength] = [12, 16];

/** The key of a passphrase. `cost` is scrypt's N. */
export function keyOf(passphrase: string, { salt, cost }: { salt: string; cost: number }): Buffer {
  return scryptSync(passphrase.normalize("NFC"), Buffer.from(salt, "hex"), 32, { N: cost, r: 8, p: 1, maxmem: 256 * cost * 8 });
}

/** Writes what a stream brings into a file of the backup that only its owner reads. */
export async function store(folder: string, file: string, source: Readable, key: Buffer | null): Promise<StoredFile> {
  const hash = createHash("sha256");
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  const target = createWriteStream(join(folder, file), { mode: 0o600, flags: "wx", flush: true });
  await pipeline([source, createGzip({ level: 6 }), ...(key ? [encrypting(key, file)] : []), counted, target]);
  return { file, bytes, sha256: hash.digest("hex") };
}

function encrypting(key: Buffer, file: string): Transform {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(file));
  let begun = false;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      const coded = cipher.update(chunk);
      done(null, begun ? coded : Buffer.concat([nonce, coded]));
      begun = true;
    },
    flush(done) {
      done(null, Buffer.concat([...(begun ? [] : [nonce]), cipher.final(), cipher.getAuthTag()]));
    },
  });
}

/** @throws BackupRefused where the file is not, to the last byte, the one that was stored. */
export async function check(folder: string, { file, bytes, sha256 }: StoredFile): Promise<void> {
  const hash = createHash("sha256");
  let found = 0;
  try {
    for await (const chunk of createReadStream(join(folder, file)) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      found += chunk.length;
    }
  } catch {
    throw new BackupRefused(`The backup is not whole: ${file} is missing or cannot be read.`);
  }
  if (found !== bytes || hash.digest("hex") !== sha256) throw new BackupRefused(`The backup is damaged: ${file} is not what was stored.`);
}

/** What was stored, as it was. A file that was changed fails at its end: what came of it must not be used before. */
export async function stored(folder: string, { file, bytes }: StoredFile, key: Buffer | null): Promise<Readable> {
  const path = join(folder, file);
  const content = new PassThrough();
  if (!key) {
    void pipeline([createReadStream(path), createGunzip(), content]).catch((error: Error) => content.destroy(error));
    return content;
  }
  const [nonce, tag] = [Buffer.alloc(nonceLength), Buffer.alloc(tagLength)];
  const handle = await open(path);
  await handle.read(nonce, 0, nonceLength, 0);
  await handle.read(tag, 0, tagLength, bytes - tagLength);
  await handle.close();
  const decipher = createDecipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(file)).setAuthTag(tag);
  void pipeline([createReadStream(path, { start: nonceLength, end: bytes - tagLength - 1 }), decipher, createGunzip(), content]).catch((error: Error) => content.destroy(error));
  return content;
}
