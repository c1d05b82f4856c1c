import { createUniqueId, For, type JSX } from "solid-js";

export interface Choice {
  readonly value: string;
  readonly label: string;
}

const box = "bg-raised text-ink border border-edge rounded-lg min-h-10 text-sm";

/** A labelled choice of one. `hiddenLabel` leaves the label to screen readers. */
export function SelectField(props: { readonly label: string; readonly choices: readonly Choice[]; readonly value: string; readonly onChoose: (value: string) => void; readonly hiddenLabel?: boolean }): JSX.Element {
  const id = createUniqueId();
  return (
    <div class="min-w-0">
      <label for={id} class={props.hiddenLabel ? "sr-only" : "block text-xs font-medium text-soft mb-1"}>{props.label}</label>
      <select id={id} class={`${box} w-full max-w-64 pl-2.5 pr-7 truncate`} value={props.value} onChange={(event) => props.onChoose(event.currentTarget.value)}>
        <For each={props.choices}>{(choice) => <option value={choice.value} selected={choice.value === props.value}>{choice.label}</option>}</For>
      </select>
    </div>
  );
}

export function CheckField(props: { readonly label: string; readonly checked: boolean; readonly onChange: (checked: boolean) => void }): JSX.Element {
  return (
    <label class="inline-flex items-center gap-2 min-h-10 text-sm">
      <input type="checkbox" class="size-4.5 accent-brand" checked={props.checked} onChange={(event) => props.onChange(event.currentTarget.checked)} />
      {props.label}
    </label>
  );
}
