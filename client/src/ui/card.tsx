import { createUniqueId, type JSX, Show } from "solid-js";

/** A part of a screen under a heading of its own. */
export function Card(props: { readonly title: string; readonly count?: number; readonly hint?: string; readonly aside?: JSX.Element; readonly children: JSX.Element; readonly flush?: boolean }): JSX.Element {
  const id = createUniqueId();
  return (
    <section aria-labelledby={id} class="bg-sheet border border-line rounded-xl print:border-0 print:rounded-none">
      <header class="flex items-baseline gap-2 px-5 pt-4 pb-3 print:px-0">
        <h2 id={id} class="text-base font-semibold">{props.title}</h2>
        <Show when={props.count}>{(count) => <span class="text-soft text-sm tabular-nums">{count()}</span>}</Show>
        <div class="ml-auto text-sm">{props.aside}</div>
      </header>
      <div class={props.flush ? "pb-2" : "px-5 pb-5 print:px-0"}>
        <Show when={props.hint}>{(hint) => <p class="text-soft text-sm mb-3 -mt-2">{hint()}</p>}</Show>
        {props.children}
      </div>
    </section>
  );
}

/** A list of names and values, as on a form. */
export function Facts(props: { readonly children: JSX.Element }): JSX.Element {
  return <dl class="grid grid-cols-[minmax(7rem,auto)_1fr] gap-x-4 gap-y-2.5 text-sm">{props.children}</dl>;
}

/** One of them; left out when there is no value. */
export function Fact(props: { readonly name: string; readonly children: JSX.Element | null | undefined }): JSX.Element {
  return (
    <Show when={props.children != null && props.children !== ""}>
      <dt class="text-soft">{props.name}</dt>
      <dd class="wrap-anywhere">{props.children}</dd>
    </Show>
  );
}

/** What a section says when it has nothing to show. */
export function Nothing(props: { readonly children: JSX.Element }): JSX.Element {
  return <p class="text-soft text-sm">{props.children}</p>;
}
