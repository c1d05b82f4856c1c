import { GraphiQL } from "graphiql";
import { createElement as h, useMemo, useSyncExternalStore } from "react";
import type { Session, SessionState } from "../src/app/session.ts";
import { fetcherFor } from "./fetcher.ts";
import { closeTabStorage, tabStorage } from "./tab-storage.ts";

/** The session's state as React reads it: the last one, and a call for each that follows. */
export interface Watched {
  current(): SessionState;
  watch(changed: () => void): () => void;
}

const firstQuery = `# Ctrl+Space suggests what fits, Ctrl+Enter runs the operation.
# The book on the left describes the schema as your roles open it.

query Me {
  me {
    roles
    person {
      givenName
      familyName
    }
    notice
  }
}
`;

function words(state: SessionState): string {
  switch (state.kind) {
    case "signed-in":
      return `Signed in as ${state.name}`;
    case "starting":
    case "leaving":
      return "One moment ...";
    case "ended":
      return "Your sign-in has ended.";
    case "refused":
      return "The API does not accept your sign-in.";
    case "unreachable":
      return "The sign-in does not answer.";
    case "failed":
      return `The sign-in failed: ${state.reason}`;
    case "insecure":
      return "Signing in needs https, or localhost.";
    case "signed-out":
      return "Nobody is signed in.";
  }
}

/** GraphiQL below a line that says who is signed in, and lets her in or out with one click. */
export function Explorer({ session, watched }: { session: Session; watched: Watched }) {
  const state = useSyncExternalStore(watched.watch, watched.current);
  const fetcher = useMemo(() => fetcherFor(session), [session]);
  const signedIn = state.kind === "signed-in";
  const busy = state.kind === "starting" || state.kind === "leaving";
  const leave = () => {
    closeTabStorage();
    void session.signOut();
  };
  return h(
    "div",
    { className: "explorer" },
    h(
      "header",
      { className: "bar" },
      h("h1", null, h("a", { href: "/" }, "OSSS"), " GraphiQL"),
      h("p", { role: "status" }, words(state)),
      busy || state.kind === "insecure" ? null : signedIn ? h("button", { type: "button", onClick: leave }, "Sign out") : h("button", { type: "button", onClick: () => void session.signIn() }, "Sign in"),
    ),
    // A new reader gets a new editor: another one's schema is not hers.
    h(
      "main",
      { key: signedIn ? state.subject : "nobody", "aria-label": "GraphiQL" },
      busy ? null : h(GraphiQL, { fetcher, storage: tabStorage, schema: signedIn ? undefined : null, plugins: [], shouldPersistHeaders: false, showPersistHeadersSettings: false, defaultQuery: firstQuery, defaultEditorToolsVisibility: "variables", inputValueDeprecation: true }, h(GraphiQL.Logo, null, "")),
    ),
  );
}
