import { createHash, randomBytes } from "node:crypto";

let last = 0;
let counter = 0;

/**
 * A UUID version 7 (RFC 9562) for the moment `at` (milliseconds since the epoch). Ids made by one process in one millisecond ascend,
 * so that rows written together stay together in an index.
 */
export function uuidv7(at: number = Date.now()): string {
  const bytes = randomBytes(16);
  if (at > last) {
    last = at;
    counter = bytes.readUInt16BE(6) & 0x07ff;
  } else if (++counter > 0x0fff) {
    last += 1;
    counter = 0;
  }
  bytes.writeUIntBE(Math.max(at, last), 0, 6);
  bytes.writeUInt16BE(0x7000 | counter, 6);
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/**
 * Ids that are the same each time they are asked for: of the moment `at`, ascending, and of `seed` alone. For work that is shown before it is
 * done, so that what is done is what was shown; 2^32 of them.
 */
export function repeatableIds(seed: string, at: number): () => string {
  const salt = createHash("sha256").update(seed).digest();
  let count = 0;
  return () => {
    const bytes = Buffer.from(salt.subarray(0, 16));
    bytes.writeUIntBE(at, 0, 6);
    bytes.writeUInt16BE(0x7000 | ((count >>> 20) & 0x0fff), 6);
    bytes.writeUInt32BE(((2 << 30) | ((count & 0xf_ffff) << 10) | (salt.readUInt16BE(20) & 0x3ff)) >>> 0, 8);
    count += 1;
    const hex = bytes.toString("hex");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  };
}
