import type { JSX } from "solid-js";
import { Icon, type IconName } from "./icon.tsx";

/** A screen, or the place of a list, that has nothing to show: why, and what to do about it. */
export function EmptyState(props: { readonly icon: IconName; readonly title: string; readonly children?: JSX.Element; readonly action?: JSX.Element }): JSX.Element {
  return (
    <div class="grid place-items-center text-center px-6 py-14">
      <span class="grid place-items-center size-14 rounded-full bg-tint-strong text-brand-deep mb-4">
        <Icon name={props.icon} class="size-7" />
      </span>
      <h2 class="text-lg font-semibold">{props.title}</h2>
      <div class="text-soft mt-1 max-w-prose">{props.children}</div>
      <div class="mt-5 flex flex-wrap justify-center gap-2 empty:hidden">{props.action}</div>
    </div>
  );
}
