import type { GraphiQLProps } from "graphiql";

const own = "graphiql:";
const ownKeys = (): string[] => Object.keys(sessionStorage).filter((key) => key.startsWith(own));

/** What is written here may name children: it stays in this tab and goes with it, or with the sign-out. What else the tab keeps is left alone. */
export const tabStorage: NonNullable<GraphiQLProps["storage"]> = {
  getItem: (key) => sessionStorage.getItem(key),
  setItem: (key, value) => sessionStorage.setItem(key, value),
  removeItem: (key) => sessionStorage.removeItem(key),
  clear: () => ownKeys().forEach((key) => sessionStorage.removeItem(key)),
  get length() {
    return ownKeys().length;
  },
};
