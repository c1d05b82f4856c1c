import type { JSX } from "solid-js";

/** Initials in a circle, beside the name itself. */
export function Avatar(props: { readonly initials: string; readonly large?: boolean }): JSX.Element {
  return (
    <span aria-hidden="true" class={`grid place-items-center shrink-0 rounded-full bg-tint-strong text-brand-deep font-semibold ${props.large ? "size-16 text-xl" : "size-9 text-xs"}`}>
      {props.initials}
    </span>
  );
}
