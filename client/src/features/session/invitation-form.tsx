import { createSignal, createUniqueId, type JSX, onCleanup, Show } from "solid-js";
import { graphql } from "../../generated/gql.ts";
import { useGraph } from "../../graphql/client.ts";
import { problemOf } from "../../graphql/problems.ts";
import { Button } from "../../ui/button.tsx";
import { sessionWords } from "./words.ts";

const AcceptInvitationDocument = graphql(/* GraphQL */ `
  mutation AcceptInvitation($code: String!) {
    acceptInvitation(input: { code: $code }) { districtName notice }
  }
`);

/** A new link counts within a few seconds: the page asks this often, in milliseconds, until it is there. */
const askAgain = 1_500;

/** The code of an invitation, typed in. `onLinked` is called until the page that shows this is gone. */
export function InvitationForm(props: { readonly onLinked: () => void }): JSX.Element {
  const graph = useGraph();
  const id = createUniqueId();
  const [sending, setSending] = createSignal(false);
  const [refusal, setRefusal] = createSignal<string>();
  const [linked, setLinked] = createSignal<string>();
  let asking: ReturnType<typeof setInterval> | undefined;
  onCleanup(() => clearInterval(asking));

  async function submit(event: SubmitEvent & { readonly currentTarget: HTMLFormElement }): Promise<void> {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get("code") ?? "").trim();
    if (code === "" || sending()) return;
    setSending(true);
    setRefusal(undefined);
    const { data, error } = await graph.mutation(AcceptInvitationDocument, { code });
    setSending(false);
    if (data?.acceptInvitation) {
      setLinked(data.acceptInvitation.districtName);
      asking = setInterval(props.onLinked, askAgain);
      return;
    }
    setRefusal(problemOf(error)?.message?.replace(/^input\.code: /, "") ?? sessionWords().codeFailed);
  }

  return (
    <Show when={linked() === undefined} fallback={<p role="status" class="mt-4">{sessionWords().linked(linked()!)}</p>}>
      <form class="mt-5" onSubmit={(event) => void submit(event)}>
        <label for={id} class="block text-sm font-medium mb-1">{sessionWords().code}</label>
        <div class="flex flex-wrap gap-2">
          <input
            id={id} name="code" autocomplete="one-time-code" autocapitalize="characters" spellcheck={false} maxlength={64} required
            class="bg-raised text-ink border border-edge rounded-lg min-h-10 px-2.5 text-sm font-mono w-64 max-w-full"
            aria-invalid={refusal() !== undefined} aria-describedby={`${id}-hint`}
          />
          <Button look="primary" type="submit" disabled={sending()}>{sessionWords().useCode}</Button>
        </div>
        <p id={`${id}-hint`} class="text-soft text-sm mt-1">{sessionWords().codeHint}</p>
        <Show when={refusal()}>{(text) => <p role="alert" class="mt-3 text-sm font-medium">{text()}</p>}</Show>
      </form>
    </Show>
  );
}
