import { type JSX, onMount, Show } from "solid-js";
import type { Session, SessionState } from "../../app/session.ts";
import { PlainFrame } from "../../app/shell.tsx";
import { appWords } from "../../app/words.ts";
import { Button } from "../../ui/button.tsx";
import { Mark } from "../../ui/icon.tsx";
import { InvitationForm } from "./invitation-form.tsx";
import { sessionWords } from "./words.ts";

/** While the page finds out who is here, or leaves for the sign-in. Holds nothing of anybody. */
export function Waiting(): JSX.Element {
  return (
    <div class="min-h-dvh grid place-items-center">
      <div class="grid place-items-center gap-3">
        <Mark class="size-12" />
        <p role="status" class="text-soft text-sm">{sessionWords().waiting}</p>
      </div>
    </div>
  );
}

/** A heading that is read at once: the page came by itself. */
export function PageTitle(props: { readonly children: string }): JSX.Element {
  let heading: HTMLHeadingElement | undefined;
  onMount(() => {
    document.title = `${props.children} · ${appWords().name}`;
    heading?.focus();
  });
  return (
    <h1 ref={(element) => (heading = element)} tabindex="-1" class="text-2xl font-semibold tracking-tight">
      {props.children}
    </h1>
  );
}

type Failure = Exclude<SessionState, { kind: "starting" | "leaving" | "signed-out" | "signed-in" }>;

/** The sign-in is over, or did not work: why, and the way on. */
export function SessionPage(props: { readonly state: Failure; readonly session: Session }): JSX.Element {
  const text = () => sessionWords().state[props.state.kind];
  return (
    <PlainFrame>
      <PageTitle>{text().title}</PageTitle>
      <p class="text-soft mt-2">{text().text}</p>
      <Show when={props.state.kind === "failed" && props.state.reason}>
        {(reason) => (
          <p class="text-sm text-soft mt-3 wrap-anywhere">
            {sessionWords().tellSupport} <code class="text-ink">{reason()}</code>
          </p>
        )}
      </Show>
      <div class="mt-6 flex flex-wrap gap-2">
        <Show when={props.state.kind === "refused"}>
          <Button look="primary" onClick={() => void props.session.signOut()}>{sessionWords().signOut}</Button>
        </Show>
        <Show when={props.state.kind === "ended" || props.state.kind === "failed"}>
          <Button look="primary" onClick={() => void props.session.signIn()}>{sessionWords().signInAgain}</Button>
        </Show>
        <Show when={props.state.kind === "unreachable"}>
          <Button look="primary" icon="again" onClick={() => location.reload()}>{sessionWords().tryAgain}</Button>
        </Show>
      </div>
    </PlainFrame>
  );
}

/** Signed in, but nobody has linked the account to a person yet. The API says what to do. */
export function Unlinked(props: { readonly notice: string; readonly name: string; readonly session: Session; readonly onLinked: () => void }): JSX.Element {
  return (
    <PlainFrame>
      <PageTitle>{sessionWords().unlinked(props.name)}</PageTitle>
      <p class="text-soft mt-2">{props.notice}</p>
      <p class="text-soft mt-2">{sessionWords().unlinkedNext}</p>
      <InvitationForm onLinked={props.onLinked} />
      <div class="mt-6">
        <Button icon="leave" onClick={() => void props.session.signOut()}>{sessionWords().signOut}</Button>
      </div>
    </PlainFrame>
  );
}
