import { createHmac } from "node:crypto";

const period = 30_000;

/** The six digits that an authenticator shows for a secret (RFC 6238: SHA-1, 30 seconds), as the realm's OTP policy asks for. */
export function oneTimeCode(secret: string, now: number = Date.now()): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / period)));
  const hash = createHmac("sha1", secret).update(counter).digest();
  const offset = hash[hash.length - 1]! & 0xf;
  return String((hash.readUInt32BE(offset) & 0x7f_ff_ff_ff) % 1_000_000).padStart(6, "0");
}
