import type { JSX } from "solid-js";
import type { Session } from "../../app/session.ts";
import { PlainFrame } from "../../app/shell.tsx";
import { Button } from "../../ui/button.tsx";
import { PageTitle } from "./session-page.tsx";
import { sessionWords } from "./words.ts";

/** Nobody is signed in. */
export function Welcome(props: { readonly session: Session }): JSX.Element {
  const justLeft = () => {
    const state = props.session.state();
    return state.kind === "signed-out" && state.justLeft;
  };
  return (
    <PlainFrame>
      <PageTitle>{justLeft() ? sessionWords().justLeft : sessionWords().welcome}</PageTitle>
      <p class="text-soft mt-2 mb-6">{justLeft() ? sessionWords().justLeftText : sessionWords().welcomeText}</p>
      <Button look="primary" onClick={() => void props.session.signIn()}>
        {justLeft() ? sessionWords().signInAgain : sessionWords().signIn}
      </Button>
    </PlainFrame>
  );
}
