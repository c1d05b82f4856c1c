import { type JSX, Show } from "solid-js";
import type { Problem } from "../graphql/problems.ts";
import { catalogue } from "../primitives/catalogue.ts";
import { Button } from "./button.tsx";
import { Notice } from "./notice.tsx";

const words = catalogue({
  en: {
    again: "Try again",
    whole: {
      offline: { title: "You are offline", text: "Check the network of this device. This page tries again by itself when the connection is back." },
      unavailable: { title: "The school's records do not answer at the moment", text: "Nothing is lost. Wait a minute and try again; if it goes on, tell the school's IT." },
      busy: { title: "Too many requests at once", text: "Wait a few seconds and try again." },
      unauthenticated: { title: "Your sign-in is not accepted any more", text: "Sign out and sign in again." },
      forbidden: { title: "This is not open to you", text: "Ask the office of your school if you need it for your work." },
      "not-found": { title: "There is no such record", text: "It may have been merged, or it is not open to you." },
      invalid: { title: "This could not be asked for", text: "Change the search or the filters and try again." },
      internal: { title: "Something went wrong on our side", text: "Try again. If it happens again, tell the school's IT." },
    },
    part: "Some of this page could not be loaded",
  },
});

/** What went wrong and what to do. `part`: the rest of the screen is there. */
export function ProblemNotice(props: { readonly problem: Problem | null; readonly onAgain: () => void; readonly part?: boolean }): JSX.Element {
  return (
    <Show when={props.problem}>
      {(problem) => {
        const text = () => words().whole[problem().kind];
        return (
          <Notice alert tone={problem().kind === "offline" || problem().kind === "busy" || problem().kind === "unavailable" ? "note" : "bad"} title={props.part ? words().part : text().title} action={problem().again ? <Button icon="again" onClick={() => props.onAgain()}>{words().again}</Button> : undefined}>
            {problem().message ?? text().text}
          </Notice>
        );
      }}
    </Show>
  );
}
