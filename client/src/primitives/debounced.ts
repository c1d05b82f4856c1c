import { type Accessor, createComputed, createSignal, on, onCleanup } from "solid-js";

/**
 * Follows a value once it has been still for some milliseconds. An emptied text follows at once: nobody waits to see everything
 * again.
 */
export function createDebounced(value: Accessor<string>, milliseconds: number): Accessor<string> {
  const [settled, setSettled] = createSignal(value());
  createComputed(
    on(
      value,
      (next) => {
        if (next === "") {
          setSettled("");
          return;
        }
        const timer = setTimeout(() => setSettled(next), milliseconds);
        onCleanup(() => clearTimeout(timer));
      },
      { defer: true },
    ),
  );
  return settled;
}
