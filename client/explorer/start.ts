import "graphiql/setup-workers/vite";
import "@graphiql/react/style.css";
import "@graphiql/plugin-doc-explorer/style.css";
import "graphiql/graphiql.css";
import { createElement } from "react";
import { createRoot as createReactRoot } from "react-dom/client";
import { createEffect, createRoot } from "solid-js";
import { createSession } from "../src/app/session.ts";
import { readSettings } from "../src/app/settings.ts";
import { Explorer, type Watched } from "./explorer.ts";

/** Shows the page and reads who is signed in: the client's own sign-in, which comes back here. */
export async function start(): Promise<void> {
  // What the editor had begun when it is taken away, at a sign-out, ends with this word: nobody's fault, and nothing to report.
  window.addEventListener("unhandledrejection", (event) => void ((event.reason as Error | null)?.name === "Canceled" && event.preventDefault()));
  const session = createSession({ ...readSettings(), home: "/graphql", callbackPath: "/graphql" });
  const listeners = new Set<() => void>();
  createRoot(() =>
    createEffect(() => {
      session.state();
      for (const changed of listeners) changed();
    }),
  );
  const watched: Watched = {
    current: () => session.state(),
    watch: (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
  createReactRoot(document.getElementById("root")!).render(createElement(Explorer, { session, watched }));
  await session.start();
}
