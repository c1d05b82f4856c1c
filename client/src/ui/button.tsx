import { type JSX, Show, splitProps } from "solid-js";
import { Icon, type IconName } from "./icon.tsx";

type Look = "primary" | "plain" | "quiet";

const looks: Readonly<Record<Look, string>> = {
  primary: "bg-brand text-on-brand border-brand hover:bg-brand-deep hover:border-brand-deep",
  plain: "bg-raised text-ink border-edge hover:bg-tint-strong",
  quiet: "bg-transparent text-brand-deep border-transparent hover:bg-tint-strong",
};
const base = "inline-flex items-center justify-center gap-2 min-h-10 px-3.5 py-1.5 rounded-lg border text-sm font-semibold no-underline transition-colors disabled:opacity-50";

export function Button(props: JSX.ButtonHTMLAttributes<HTMLButtonElement> & { readonly look?: Look; readonly icon?: IconName }): JSX.Element {
  const [own, rest] = splitProps(props, ["look", "icon", "children", "class"]);
  return (
    <button type="button" {...rest} class={`${base} ${looks[own.look ?? "plain"]} ${own.class ?? ""}`}>
      <Show when={own.icon}>{(name) => <Icon name={name()} class="size-4.5" />}</Show>
      {own.children}
    </button>
  );
}

export function ButtonLink(props: { readonly href: string; readonly look?: Look; readonly icon?: IconName; readonly children: JSX.Element }): JSX.Element {
  return (
    <a href={props.href} class={`${base} ${looks[props.look ?? "plain"]}`}>
      <Show when={props.icon}>{(name) => <Icon name={name()} class="size-4.5" />}</Show>
      {props.children}
    </a>
  );
}
