import type { Realm, RealmClient } from "./realm.ts";

const loopback = new Set(["127.0.0.1", "[::1]"]);

/**
 * Where a client may be sent back to: the patterns of the realm, and for the client that lives at localhost:4000 in the
 * realm also the address that this platform is reached at, with the other spellings of localhost where it is that.
 */
export function redirectPatterns(client: RealmClient, publicUrl: string): string[] {
  const atHome = client.redirectUris.includes("http://localhost:4000/*");
  return [...new Set([...client.redirectUris, ...(atHome ? spellings(publicUrl).map((origin) => `${origin}/*`) : [])])];
}

function spellings(publicUrl: string): string[] {
  const url = new URL(publicUrl);
  if (url.hostname !== "localhost" && !loopback.has(url.hostname)) return [url.origin];
  return ["localhost", ...loopback].map((host) => `${url.protocol}//${host}${url.port ? `:${url.port}` : ""}`);
}

/**
 * Whether a URI fits a pattern as Keycloak reads it: equal, or beginning with what stands before a final `*`. Origins are
 * compared whole, a loopback address without a port stands for every port, and an address with user info or a fragment fits nothing.
 */
export function redirectFits(value: string, patterns: readonly string[]): boolean {
  const url = URL.parse(value);
  if (!url || url.username || url.password || value.includes("#") || !/^https?:$/.test(url.protocol)) return false;
  return patterns.some((pattern) => {
    const open = pattern.endsWith("*");
    const wanted = URL.parse(open ? pattern.slice(0, -1) : pattern);
    if (!wanted || wanted.protocol !== url.protocol || wanted.hostname !== url.hostname) return false;
    const anyPort = loopback.has(wanted.hostname) && wanted.port === "";
    if (!anyPort && wanted.port !== url.port) return false;
    return open ? url.pathname.startsWith(wanted.pathname) : url.pathname + url.search === wanted.pathname + wanted.search;
  });
}

/** Whether pages of an origin may call the token endpoint for this client: `+` means the origins of its redirects. */
export function originFits(origin: string, client: RealmClient, publicUrl: string): boolean {
  if (client.webOrigins.includes(origin)) return true;
  return client.webOrigins.includes("+") && redirectPatterns(client, publicUrl).some((pattern) => URL.parse(pattern.replace(/\*$/, ""))?.origin === origin);
}

/** Whether any client of the realm may call from this origin. */
export function originKnown(origin: string, realm: Realm, publicUrl: string): boolean {
  return realm.clients.some((client) => originFits(origin, client, publicUrl));
}
