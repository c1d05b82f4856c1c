import { createEffect, createUniqueId, type JSX } from "solid-js";
import { Icon } from "./icon.tsx";

/** A sheet over the right side. The browser keeps the focus inside, closes it with Escape and returns the focus afterwards. */
export function SidePanel(props: { readonly title: string; readonly open: boolean; readonly closeLabel: string; readonly onClose: () => void; readonly children: JSX.Element }): JSX.Element {
  const id = createUniqueId();
  let dialog: HTMLDialogElement | undefined;
  createEffect(() => {
    if (props.open && !dialog?.open) dialog?.showModal();
    if (!props.open && dialog?.open) dialog.close();
  });
  return (
    <dialog ref={(element) => (dialog = element)} aria-labelledby={id} class="sheet-panel bg-sheet text-ink border-l border-line p-0 no-print" onClose={() => props.onClose()} onClick={(event) => void (event.target === event.currentTarget && event.currentTarget.close())}>
      <div class="min-h-full flex flex-col">
        <header class="sticky top-0 bg-sheet border-b border-line flex items-center gap-3 px-5 py-3">
          <h2 id={id} class="text-lg font-semibold">{props.title}</h2>
          <button type="button" class="ml-auto grid place-items-center size-10 rounded-lg hover:bg-tint-strong" aria-label={props.closeLabel} onClick={() => dialog?.close()}>
            <Icon name="close" />
          </button>
        </header>
        <div class="px-5 py-5">{props.children}</div>
      </div>
    </dialog>
  );
}
