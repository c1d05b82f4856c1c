/** Where people sign in: what the server wrote into the page, or this platform's own realm. */
export function readSettings(): { readonly issuer: string; readonly clientId: string } {
  const read = (name: string) => document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? "";
  return { issuer: read("osss:issuer") || `${location.origin}/realms/osss`, clientId: read("osss:client") || "osss-web" };
}
