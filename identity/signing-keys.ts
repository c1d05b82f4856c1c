import { createHmac, createPrivateKey, createPublicKey, generateKeyPair, randomBytes } from "node:crypto";
import { chmod, link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { calculateJwkThumbprint, type JSONWebKeySet, type JWK } from "jose";
import { z } from "zod";

const storedKeys = z.object({
  signing: z.looseObject({ kty: z.literal("RSA"), n: z.string(), e: z.string(), d: z.string(), kid: z.string() }),
  secret: z.string().min(43),
});

/** What the embedded provider signs with: an RSA key for tokens and a secret for cookies and forms. */
export interface SigningKeys {
  /** Private; `alg` RS256. */
  readonly signing: JWK & { kid: string };
  /** Public half, as served under `/certs`. */
  readonly jwks: JSONWebKeySet;
  /** Key for one purpose, derived from the stored secret: cookies and forms never share one. */
  secretFor(purpose: "cookies" | "forms"): string;
}

/**
 * Reads the keys from `<dataDir>/identity/keys.json`, or makes them the first time (mode 0600, in a 0700 folder).
 * Safe when two processes start at once: the file appears whole, and the loser of the race reads the winner's.
 * Throws when the file is there but damaged; its message says how to get out.
 */
export async function openSigningKeys(dataDir: string): Promise<SigningKeys> {
  const folder = join(dataDir, "identity");
  const file = join(folder, "keys.json");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  let text = await readFile(file, "utf8").catch(absent);
  if (text === null) {
    await createKeys(file);
    text = await readFile(file, "utf8");
  }
  await chmod(file, 0o600);
  return parseKeys(text, file);
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null;
  throw error;
}

async function createKeys(file: string): Promise<void> {
  const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
  const jwk: JWK = { ...privateKey.export({ format: "jwk" }), alg: "RS256", use: "sig" };
  const keys = { signing: { ...jwk, kid: await calculateJwkThumbprint(jwk) }, secret: randomBytes(32).toString("base64url") };
  const draft = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  await writeFile(draft, `${JSON.stringify(keys)}\n`, { mode: 0o600, flag: "wx", flush: true });
  try {
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    await rm(draft);
  }
}

function parseKeys(text: string, file: string): SigningKeys {
  try {
    const stored = storedKeys.parse(JSON.parse(text));
    const publicKey = createPublicKey(createPrivateKey({ key: stored.signing, format: "jwk" })).export({ format: "jwk" });
    return {
      signing: stored.signing,
      jwks: { keys: [{ ...publicKey, kid: stored.signing.kid, alg: "RS256", use: "sig" } as JWK] },
      secretFor: (purpose) => createHmac("sha256", stored.secret).update(purpose).digest("base64url"),
    };
  } catch (cause) {
    throw new Error(`The keys of the embedded identity provider in ${file} cannot be read. Delete the file: new keys are made at the next start, and everyone signs in again.`, { cause });
  }
}
