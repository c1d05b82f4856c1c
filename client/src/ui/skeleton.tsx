import { For, type JSX } from "solid-js";

/** Grey bars where text will be. The screen says "loading" itself, once. */
export function Skeleton(props: { readonly class: string }): JSX.Element {
  return <div class={`skeleton ${props.class}`} aria-hidden="true" />;
}

export function SkeletonCard(props: { readonly lines: number }): JSX.Element {
  return (
    <div class="bg-sheet border border-line rounded-xl p-5 space-y-3" aria-hidden="true">
      <Skeleton class="h-4 w-40" />
      <For each={Array.from({ length: props.lines })}>{(_, index) => <Skeleton class={`h-3.5 ${index() % 3 === 0 ? "w-11/12" : index() % 3 === 1 ? "w-3/4" : "w-5/6"}`} />}</For>
    </div>
  );
}
