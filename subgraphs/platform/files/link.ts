import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import type { Config } from "#foundation/config/config";
import { OsssError } from "#foundation/errors/errors";
import { subgraphKey } from "#foundation/identity/subgraph-key";

/** Seconds that a link is good for: long enough to begin, too short to be passed around. */
export const linkLifespan = 300;

/** What a link lets whoever holds it do, and in whose name. */
export interface FileLink {
  readonly method: "PUT" | "GET";
  readonly fileId: string;
  readonly districtId: string;
  readonly accountId: string;
  readonly size: number;
}

type Keys = Pick<Config, "subgraphSigningKey" | "dataDir">;
const derived = new Map<string, Buffer>();

/** A key of its own, made of the one that the processes share: neither is told by what the other signs. */
function keyOf(config: Keys): Buffer {
  const shared = subgraphKey(config);
  const name = Buffer.from(shared).toString("hex");
  const key = derived.get(name) ?? Buffer.from(hkdfSync("sha256", shared, "", "osss file links", 32));
  derived.set(name, key);
  return key;
}

const signatureOf = (key: Buffer, { method, fileId, districtId, accountId, size }: FileLink, expires: number): string =>
  createHmac("sha256", key).update(["file", method, fileId, districtId, accountId, String(size), String(expires)].join("\n")).digest("base64url");

/** The address at which the file may be sent or fetched for five minutes. By the real time, whatever day the records are shown as of. */
export function fileUrl(config: Keys & Pick<Config, "publicUrl">, link: FileLink, now = Date.now()): string {
  const expires = Math.floor(now / 1000) + linkLifespan;
  const words = new URLSearchParams({ district: link.districtId, account: link.accountId, size: String(link.size), expires: String(expires), signature: signatureOf(keyOf(config), link, expires) });
  return `${config.publicUrl}/files/${link.fileId}?${words}`;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const parts = ["account", "district", "expires", "signature", "size"];

/**
 * Reads a link. @throws OsssError FORBIDDEN where it was not made here, was changed, is for another method, or is over.
 */
export function readLink(config: Keys, method: FileLink["method"], fileId: string, words: URLSearchParams, now = Date.now()): FileLink {
  const refused = () => OsssError.forbidden("This link is not good for this. Ask the API for a new one, and use it as it is.");
  if ([...words.keys()].sort().join() !== parts.join()) throw refused();
  const given = Object.fromEntries(words) as Record<string, string>;
  if (!uuid.test(fileId) || !uuid.test(given.district!) || !uuid.test(given.account!) || !/^\d{1,10}$/.test(given.size!) || !/^\d{1,12}$/.test(given.expires!)) throw refused();
  const link: FileLink = { method, fileId, districtId: given.district!, accountId: given.account!, size: Number(given.size) };
  const [own, sent] = [Buffer.from(signatureOf(keyOf(config), link, Number(given.expires))), Buffer.from(given.signature!)];
  if (own.length !== sent.length || !timingSafeEqual(own, sent)) throw refused();
  if (Number(given.expires) * 1000 <= now) throw OsssError.forbidden("This link is over: it was good for five minutes. Ask the API for a new one.");
  return link;
}
