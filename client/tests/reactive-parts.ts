/** What the tests of reactive parts need, bundled as a browser gets it: Node alone would load Solid's server build, which does not react. */
export { cacheExchange, Client, fetchExchange, gql } from "@urql/core";
export { createRoot, createSignal } from "solid-js";
export { createQuery } from "../src/graphql/create-query.ts";
export { createDebounced } from "../src/primitives/debounced.ts";
