import { createSignal, type Accessor } from "solid-js";
import { ErrorResponse, type User, UserManager, WebStorageStateStore } from "oidc-client-ts";
import { holdTab } from "./tab-lock.ts";

/** Where the reader stands with the sign-in. */
export type SessionState =
  | { readonly kind: "starting" }
  /** Leaving for the sign-in page, or for the sign-out. Nothing of a person is on the screen. */
  | { readonly kind: "leaving" }
  | { readonly kind: "signed-out"; readonly justLeft: boolean }
  | { readonly kind: "signed-in"; readonly subject: string; readonly name: string }
  /** The sign-in lasted as long as it may. */
  | { readonly kind: "ended" }
  /** The sign-in works, but the API does not accept its token. */
  | { readonly kind: "refused" }
  /** The identity provider does not answer. */
  | { readonly kind: "unreachable" }
  /** The sign-in came back with a problem. */
  | { readonly kind: "failed"; readonly reason: string }
  /** Signing in needs the browser's cryptography, which it keeps for https. */
  | { readonly kind: "insecure" };

export interface Session {
  readonly state: Accessor<SessionState>;
  /** Reads what the page was loaded with: a reply of the sign-in, a sign-in of this tab, or nobody. */
  start(): Promise<void>;
  signIn(): Promise<void>;
  signOut(): Promise<void>;
  /** A token that lives for some seconds still; renewed if need be, once for all who ask. Null when nobody is signed in any more. */
  accessToken(options?: { readonly fresh?: boolean }): Promise<string | null>;
  /** The API does not accept even a fresh token. */
  refuse(): void;
}

const signedOutPath = "/signed-out";
const askedKey = "osss:asked";

export interface SessionSettings {
  readonly issuer: string;
  readonly clientId: string;
  /** The page to be on where no other is known, `/` unless told. */
  readonly home?: string;
  /** The page that the sign-in comes back to, `/signed-in` unless told. */
  readonly callbackPath?: string;
}

/**
 * Signs people in by redirect with PKCE. Tokens are in this tab's sessionStorage: a reload keeps them, closing the tab drops them, and
 * no other tab reads them. A refresh token works once, so renewal runs once at a time, and a copy of a tab (which browsers
 * give a copy of the storage) signs in for itself.
 */
export function createSession({ home = "/", callbackPath = "/signed-in", ...settings }: SessionSettings): Session {
  const [state, setState] = createSignal<SessionState>({ kind: "starting" });
  if (!window.isSecureContext) {
    const nothing = async () => {};
    return { state: () => ({ kind: "insecure" }), start: nothing, signIn: nothing, signOut: nothing, accessToken: async () => null, refuse: () => {} };
  }
  const origin = location.origin;
  const store = new WebStorageStateStore({ prefix: "oidc.", store: sessionStorage });
  const manager = new UserManager({
    authority: settings.issuer,
    client_id: settings.clientId,
    redirect_uri: `${origin}${callbackPath}`,
    post_logout_redirect_uri: `${origin}${signedOutPath}`,
    scope: "openid profile email",
    userStore: store,
    stateStore: store,
    automaticSilentRenew: false,
    monitorSession: false,
    loadUserInfo: false,
    redirectMethod: "replace",
  });
  let user: User | null = null;
  let renewing: Promise<string | null> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const accept = (next: User) => {
    user = next;
    const { sub, name, preferred_username } = next.profile;
    const now = state();
    if (now.kind !== "signed-in" || now.subject !== sub) setState({ kind: "signed-in", subject: sub, name: name ?? preferred_username ?? sub });
    clearTimeout(timer);
    // Renewed while nobody waits; a tab that sleeps through it renews with its next request.
    timer = setTimeout(() => void session.accessToken().catch(() => {}), Math.max(5, (next.expires_in ?? 60) - 30) * 1000);
  };
  const forget = async () => {
    user = null;
    clearTimeout(timer);
    await manager.removeUser();
  };
  const leave = async (how: "ask" | "silent") => {
    setState({ kind: "leaving" });
    const back = location.pathname === signedOutPath || location.pathname === callbackPath ? home : location.pathname + location.search;
    sessionStorage.setItem(askedKey, how);
    try {
      await manager.signinRedirect({ state: { back }, ...(how === "silent" ? { prompt: "none" } : {}) });
    } catch {
      setState({ kind: "unreachable" });
    }
  };
  const finish = async () => {
    const query = new URLSearchParams(location.search);
    const asked = sessionStorage.getItem(askedKey);
    try {
      const next = await manager.signinRedirectCallback();
      history.replaceState(null, "", backOf(next.state, home));
      accept(next);
    } catch (error) {
      const nobody = error instanceof ErrorResponse && ["login_required", "interaction_required", "consent_required", "account_selection_required"].includes(error.error ?? "");
      const back = error instanceof ErrorResponse ? backOf(error.state, home) : home;
      history.replaceState(null, "", back);
      if (nobody && asked === "silent") setState({ kind: "signed-out", justLeft: false });
      else if (error instanceof ErrorResponse) setState({ kind: "failed", reason: error.error_description ?? error.error ?? error.message });
      else if (query.has("state") && error instanceof Error && /state/i.test(error.message)) await leave("silent");
      else setState({ kind: "unreachable" });
    } finally {
      if (state().kind !== "leaving") sessionStorage.removeItem(askedKey);
    }
  };
  const renew = async (): Promise<string | null> => {
    try {
      if (!user?.refresh_token) throw new Error("The sign-in cannot be renewed.");
      const next = await manager.signinSilent();
      if (!next) throw new Error("There is nothing to renew.");
      accept(next);
      return next.access_token;
    } catch (error) {
      // Only the provider's word ends a sign-in; a network that fails is tried again with the next request.
      if (!(error instanceof ErrorResponse) && user?.refresh_token) throw error;
      await forget();
      setState({ kind: "ended" });
      return null;
    }
  };

  const session: Session = {
    state,
    async start() {
      // A page that the browser kept whole must not come back with what was on it.
      window.addEventListener("pageshow", (event) => void (event.persisted && location.reload()));
      const alone = await holdTab();
      const query = new URLSearchParams(location.search);
      if (location.pathname === callbackPath && query.has("state")) return finish();
      if (location.pathname === signedOutPath) {
        await forget();
        history.replaceState(null, "", "/");
        setState({ kind: "signed-out", justLeft: true });
        return;
      }
      if (!alone) await forget();
      const known = await manager.getUser();
      if (known && (!known.expired || known.refresh_token)) return accept(known);
      // Perhaps another tab is signed in: the provider knows, and answers without a page of its own.
      await leave("silent");
    },
    signIn: () => leave("ask"),
    async signOut() {
      const idToken = user?.id_token;
      setState({ kind: "leaving" });
      await forget();
      await manager.clearStaleState();
      try {
        await manager.signoutRedirect(idToken === undefined ? {} : { id_token_hint: idToken });
      } catch {
        setState({ kind: "signed-out", justLeft: true });
      }
    },
    async accessToken({ fresh = false } = {}) {
      if (!user) return null;
      if (!fresh && (user.expires_in ?? 0) > 15) return user.access_token;
      renewing ??= renew().finally(() => (renewing = null));
      return renewing;
    },
    refuse() {
      if (state().kind === "signed-in") setState({ kind: "refused" });
    },
  };
  return session;
}

/** Only a path of this site: the state travels through the address bar's history. */
function backOf(state: unknown, home: string): string {
  const back = typeof state === "object" && state !== null && "back" in state ? state.back : null;
  return typeof back === "string" && back.startsWith("/") && !back.startsWith("//") && !back.includes("\\") ? back : home;
}
