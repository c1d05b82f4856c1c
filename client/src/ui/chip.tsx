import { type JSX, Show } from "solid-js";
import { Icon, type IconName } from "./icon.tsx";

export type Tone = "plain" | "brand" | "good" | "note" | "bad";

const tones: Readonly<Record<Tone, string>> = {
  plain: "bg-tint text-soft border-line",
  brand: "bg-tint-strong text-brand-deep border-transparent",
  good: "bg-good-tint text-good border-transparent",
  note: "bg-note text-note-ink border-note-line",
  bad: "bg-bad-tint text-bad border-bad-line",
};

/** A few words about the thing beside them. The tone repeats what the words say. */
export function Chip(props: { readonly tone?: Tone; readonly icon?: IconName; readonly struck?: boolean; readonly children: JSX.Element }): JSX.Element {
  return (
    <span class={`inline-flex items-center gap-1 rounded-md border px-1.5 py-0.5 text-xs font-medium whitespace-nowrap ${tones[props.tone ?? "plain"]}`}>
      <Show when={props.icon}>{(name) => <Icon name={name()} class="size-3.5" />}</Show>
      <span class={props.struck ? "line-through" : ""}>{props.children}</span>
    </span>
  );
}
