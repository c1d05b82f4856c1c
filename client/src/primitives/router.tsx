import { createContext, createSignal, type JSX, onCleanup, useContext } from "solid-js";
import { addressWith } from "./addresses.ts";

export interface Router {
  /** The path, always beginning with a slash. */
  path(): string;
  /** One value of the query, or null. */
  query(name: string): string | null;
  /** Whether the reader has moved since the page was loaded: the first screen takes no focus, nor does one that it leads on to. */
  moved(): boolean;
  navigate(to: string, options?: { readonly replace?: boolean }): void;
  /** An address with some values of the query changed; null removes one. */
  hrefWith(changes: Readonly<Record<string, string | null>>, path?: string): string;
}

const Context = createContext<Router>();

export function useRouter(): Router {
  const router = useContext(Context);
  if (!router) throw new Error("useRouter() is called outside of <RouterProvider>: wrap the screen in it.");
  return router;
}

/**
 * Follows the browser's address. Plain clicks on links of this site move without loading a page; a new place starts at its top,
 * and going back returns to where the reader was.
 */
export function RouterProvider(props: { readonly children: JSX.Element }): JSX.Element {
  const read = () => ({ path: location.pathname, search: location.search });
  const [place, setPlace] = createSignal(read());
  const [moved, setMoved] = createSignal(false);
  const scrolled = new Map<string, number>();
  let key = keyOf(history.state);
  let steps = 0;
  history.scrollRestoration = "manual";

  const arrive = (top: number, byReader = true) => {
    if (byReader) setMoved(true);
    setPlace(read());
    requestAnimationFrame(() => window.scrollTo(0, top));
  };
  const router: Router = {
    path: () => place().path,
    query: (name) => new URLSearchParams(place().search).get(name),
    moved,
    navigate(to, options = {}) {
      const samePath = to.split("?", 1)[0] === location.pathname;
      scrolled.set(key, window.scrollY);
      if (!options.replace) key = `${Date.now()}-${++steps}`;
      history[options.replace ? "replaceState" : "pushState"]({ key }, "", to);
      if (samePath) setPlace(read());
      else arrive(0, !options.replace);
    },
    hrefWith: (changes, path = place().path) => addressWith(path, place().search, changes),
  };
  const goBack = (event: PopStateEvent) => {
    scrolled.set(key, window.scrollY);
    key = keyOf(event.state);
    arrive(scrolled.get(key) ?? 0);
  };
  const click = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || link.target || link.hasAttribute("download") || link.origin !== location.origin || link.hash) return;
    event.preventDefault();
    router.navigate(link.pathname + link.search);
  };
  window.addEventListener("popstate", goBack);
  document.addEventListener("click", click);
  onCleanup(() => {
    window.removeEventListener("popstate", goBack);
    document.removeEventListener("click", click);
  });
  return <Context.Provider value={router}>{props.children}</Context.Provider>;
}

function keyOf(state: unknown): string {
  return typeof state === "object" && state !== null && "key" in state ? String(state.key) : "first";
}
