import { createUniqueId, type JSX, Show } from "solid-js";
import { Icon } from "../../ui/icon.tsx";
import { directoryWords } from "./directory-words.ts";

/** The box to search while typing. Down leads into the list, Escape empties it. */
export function SearchField(props: { readonly ref: (box: HTMLInputElement) => void; readonly value: string; readonly onInput: (value: string) => void; readonly onLeaveDown: () => void }): JSX.Element {
  const id = createUniqueId();
  let box!: HTMLInputElement;
  const keys = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") {
      event.preventDefault();
      props.onLeaveDown();
    }
    if (event.key === "Escape" && props.value !== "") {
      event.preventDefault();
      props.onInput("");
    }
  };
  return (
    <div class="relative flex-1 basis-72 max-w-xl">
      <label for={id} class="sr-only">{directoryWords().search}</label>
      <Icon name="search" class="size-5 absolute left-3 top-1/2 -translate-y-1/2 text-soft" />
      <input
        id={id}
        ref={(element) => ((box = element), props.ref(element))}
        type="text"
        inputmode="search"
        enterkeyhint="search"
        autocomplete="off"
        spellcheck={false}
        placeholder={directoryWords().search}
        aria-keyshortcuts="/"
        class="w-full bg-raised border border-edge rounded-lg min-h-10 pl-10 pr-10 text-sm placeholder:text-soft"
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
        onKeyDown={keys}
      />
      <Show when={props.value !== ""} fallback={<kbd aria-hidden="true" title={directoryWords().searchHint} class="absolute right-3 top-1/2 -translate-y-1/2 text-xs text-soft border border-line rounded px-1.5 max-sm:hidden">/</kbd>}>
        <button type="button" aria-label={directoryWords().clear} class="absolute right-1.5 top-1/2 -translate-y-1/2 grid place-items-center size-7 rounded-md text-soft hover:bg-tint-strong" onClick={() => (props.onInput(""), box.focus())}>
          <Icon name="close" class="size-4" />
        </button>
      </Show>
    </div>
  );
}
