import type { GraphiQLProps } from "graphiql";

const own = "graphiql:";
const ownKeys = (): string[] => Object.keys(sessionStorage).filter((key) => key.startsWith(own));

let closed = false;

/** What is written here may name children: it stays in this tab and goes with it, or with the sign-out. What else the tab keeps is left alone. */
export const tabStorage: NonNullable<GraphiQLProps["storage"]> = {
  getItem: (key) => sessionStorage.getItem(key),
  setItem: (key, value) => void (closed || sessionStorage.setItem(key, value)),
  removeItem: (key) => sessionStorage.removeItem(key),
  clear: () => ownKeys().forEach((key) => sessionStorage.removeItem(key)),
  get length() {
    return ownKeys().length;
  },
};

/** At the sign-out: removes what was written, and keeps nothing that the editor, which saves a moment later, still sends. */
export function closeTabStorage(): void {
  closed = true;
  tabStorage.clear();
}
