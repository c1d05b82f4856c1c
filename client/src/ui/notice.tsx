import { type JSX, Show } from "solid-js";
import { Icon, type IconName } from "./icon.tsx";

const looks = {
  info: { box: "bg-tint-strong border-line text-ink", icon: "info" },
  note: { box: "bg-note border-note-line text-note-ink", icon: "warning" },
  bad: { box: "bg-bad-tint border-bad-line text-bad", icon: "warning" },
} as const satisfies Record<string, { box: string; icon: IconName }>;

/** Something to know before reading on. `role="alert"` when it appears by itself. */
export function Notice(props: { readonly tone: keyof typeof looks; readonly title: string; readonly children?: JSX.Element; readonly action?: JSX.Element; readonly alert?: boolean }): JSX.Element {
  return (
    <div role={props.alert ? "alert" : undefined} class={`flex gap-3 rounded-xl border px-4 py-3 ${looks[props.tone].box}`}>
      <Icon name={looks[props.tone].icon} class="size-5 mt-0.5" />
      <div class="min-w-0 flex-1">
        <p class="font-semibold">{props.title}</p>
        <Show when={props.children}>
          <div class="text-sm mt-0.5">{props.children}</div>
        </Show>
      </div>
      <div class="no-print self-center">{props.action}</div>
    </div>
  );
}
