import { createEffect, type JSX, onMount } from "solid-js";
import { useRouter } from "../primitives/router.tsx";

/**
 * The heading of a screen. Names the window, and takes the focus after a navigation, so that a screen reader reads on from here.
 * `window` holds nothing of a person: titles stay in the browser's history.
 */
export function ScreenTitle(props: { readonly window: string; readonly children: JSX.Element; readonly class?: string }): JSX.Element {
  const router = useRouter();
  let heading: HTMLHeadingElement | undefined;
  createEffect(() => (document.title = `${props.window} · OSSS`));
  onMount(() => {
    const focused = document.activeElement;
    const free = focused === null || focused === document.body || focused.id === "main" || !focused.isConnected;
    if (router.moved() && free) heading?.focus({ preventScroll: true });
  });
  return (
    <h1 ref={(element) => (heading = element)} tabindex="-1" class={props.class ?? "text-2xl font-semibold tracking-tight"}>
      {props.children}
    </h1>
  );
}
