import { createContext, createSignal, type JSX, onCleanup, useContext } from "solid-js";

export interface Router {
  /** The path, always beginning with a slash. */
  path(): string;
  /** One value of the query, or null. */
  query(name: string): string | null;
  /** Whether a navigation has happened since the page was loaded: a first screen takes no focus. */
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

/** The values of a path that fits a pattern such as "/students/:id", or null. */
export function matchPath(pattern: string, path: string): Readonly<Record<string, string>> | null {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return null;
  const values: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const here = given[index]!;
    if (part.startsWith(":")) {
      if (here === "") return null;
      try {
        values[part.slice(1)] = decodeURIComponent(here);
      } catch {
        return null;
      }
    } else if (part !== here) return null;
  }
  return values;
}

/** A path and query with changes; what has no value is left out, so that equal places have equal addresses. */
export function addressWith(path: string, search: string, changes: Readonly<Record<string, string | null>>): string {
  const query = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === "") query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  return text === "" ? path : `${path}?${text}`;
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

  const arrive = (top: number) => {
    setMoved(true);
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
      else arrive(0);
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
