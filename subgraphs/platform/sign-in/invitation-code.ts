import { createHash, randomBytes } from "node:crypto";

/** Letters and digits that are not mistaken for one another (Crockford's base 32). */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const length = 16;

/** A new code of 80 random bits, in groups of four: `7K2M-Q9XD-04TB-HW6E`. */
export function newInvitationCode(): string {
  const letters = [...randomBytes(length)].map((byte) => alphabet[byte % 32]);
  return (letters.join("").match(/.{4}/g) ?? []).join("-");
}

/** What is kept of a code. It has 80 random bits, so its hash needs no salt and no slowness. */
export function hashOfCode(code: string): string {
  return createHash("sha256").update(plain(code)).digest("hex");
}

/** As people type it: in any case, with or without hyphens, an O for a zero, an I or L for a one. */
function plain(code: string): string {
  return code.toUpperCase().replaceAll(/[^0-9A-Z]/g, "").replaceAll("O", "0").replaceAll(/[IL]/g, "1");
}
