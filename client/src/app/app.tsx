import { createMemo, type JSX, Match, onMount, Switch } from "solid-js";
import { Welcome } from "../features/session/welcome.tsx";
import { SessionPage, Waiting } from "../features/session/session-page.tsx";
import { createGraphClient, GraphContext } from "../graphql/client.ts";
import { RouterProvider } from "../primitives/router.tsx";
import { createSession } from "./session.ts";
import { readSettings } from "./settings.ts";
import { SignedIn } from "./signed-in.tsx";

export function App(): JSX.Element {
  const session = createSession(readSettings());
  onMount(() => void session.start());
  const person = createMemo(
    () => {
      const state = session.state();
      return state.kind === "signed-in" ? state : null;
    },
    null,
    { equals: (one, other) => one?.subject === other?.subject },
  );
  const failure = createMemo(() => {
    const state = session.state();
    return state.kind === "starting" || state.kind === "leaving" || state.kind === "signed-out" || state.kind === "signed-in" ? null : state;
  });
  return (
    <Switch>
      <Match when={session.state().kind === "starting" || session.state().kind === "leaving"}>
        <Waiting />
      </Match>
      <Match when={session.state().kind === "signed-out"}>
        <Welcome session={session} />
      </Match>
      <Match when={failure()}>{(state) => <SessionPage state={state()} session={session} />}</Match>
      <Match when={person()} keyed>
        {({ name }) => (
          <GraphContext.Provider value={createGraphClient(session)}>
            <RouterProvider>
              <SignedIn session={session} name={name} />
            </RouterProvider>
          </GraphContext.Provider>
        )}
      </Match>
    </Switch>
  );
}
