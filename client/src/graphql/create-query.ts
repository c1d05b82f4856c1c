import type { AnyVariables, Client, CombinedError, TypedDocumentNode } from "@urql/core";
import { type Accessor, batch, createComputed, createSignal, on, onCleanup } from "solid-js";
import { createStore, reconcile } from "solid-js/store";

export interface Query<Data> {
  /** The last answer for these variables; undefined before there is one. A store: what stays equal does not render again. */
  readonly data: Data | undefined;
  /** What went wrong in the last answer. There may be data beside it, with holes. */
  readonly error: CombinedError | undefined;
  /** A request is under way, with or without data on the screen. */
  readonly fetching: boolean;
  refetch(): void;
}

export interface QueryOptions<Data, Variables extends AnyVariables> {
  readonly client: Client;
  readonly document: TypedDocumentNode<Data, Variables>;
  /** Null: ask nothing yet. */
  readonly variables: Accessor<Variables | null>;
  /** Leaves the answer to earlier variables in place until the next one comes: the next page of a list, not another record. */
  readonly keep?: boolean;
}

/**
 * A query that follows its variables. An answer that comes late for earlier variables is dropped; a query that failed asks again
 * when the browser is online again. Results are copied before they go into the store, since urql hands one object to everyone.
 */
export function createQuery<Data, Variables extends AnyVariables>({ client, document, variables, keep = false }: QueryOptions<Data, Variables>): Query<Data> {
  const [store, setStore] = createStore<{ data: Data | undefined }>({ data: undefined });
  const [error, setError] = createSignal<CombinedError>();
  const [fetching, setFetching] = createSignal(false);
  const [attempt, setAttempt] = createSignal(0);
  const put = (data: Data | undefined) => setStore("data", reconcile(data, { key: "id", merge: true }) as never);
  let asked = "";

  createComputed(
    on([variables, attempt], ([values]) => {
      if (values === null) {
        batch(() => {
          setFetching(false);
          setError(undefined);
          put(undefined);
        });
        return;
      }
      const question = JSON.stringify(values);
      const changed = question !== asked;
      asked = question;
      batch(() => {
        setFetching(true);
        if (!changed || keep) return;
        put(undefined);
        setError(undefined);
      });
      const { unsubscribe } = client.query(document, values, { requestPolicy: "cache-and-network" }).subscribe((result) => {
        batch(() => {
          setFetching(result.stale);
          setError(result.error);
          if (result.data !== undefined && result.data !== null) put(structuredClone(result.data));
          else if (result.error && changed) put(undefined);
        });
      });
      onCleanup(unsubscribe);
    }),
  );
  const refetch = () => setAttempt((count) => count + 1);
  if (typeof window !== "undefined") {
    const online = () => void (error()?.networkError && refetch());
    window.addEventListener("online", online);
    onCleanup(() => window.removeEventListener("online", online));
  }
  return {
    get data() {
      return store.data;
    },
    get error() {
      return error();
    },
    get fetching() {
      return fetching();
    },
    refetch,
  };
}
