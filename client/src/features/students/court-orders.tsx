import { createMemo, For, type JSX, Show } from "solid-js";
import { useViewer } from "../../app/viewer.ts";
import { dayBefore, showDay } from "../../primitives/days.ts";
import { Icon } from "../../ui/icon.tsx";
import { nameOf } from "../people/names.ts";
import { inEffect, takenBy } from "./rights.ts";
import type { CourtOrder } from "./student-query.ts";
import { studentWords } from "./student-words.ts";

/** Orders that restrict somebody today, above everything else on the page; others are one click away. */
export function CourtOrders(props: { readonly orders: readonly CourtOrder[] }): JSX.Element {
  const viewer = useViewer();
  const current = createMemo(() => props.orders.filter((order) => inEffect(order, viewer().today)));
  const others = createMemo(() => props.orders.filter((order) => !inEffect(order, viewer().today)));
  return (
    <>
      <Show when={current().length > 0}>
        <section aria-label={studentWords().order.title(current().length)} class="rounded-xl border-2 border-bad bg-bad-tint text-ink p-5 flex gap-4">
          <Icon name="warning" class="size-7 text-bad" />
          <div class="min-w-0">
            <h2 class="text-bad font-semibold text-lg leading-tight">{studentWords().order.title(current().length)}</h2>
            <p class="text-sm mt-1">{studentWords().order.check}</p>
            <ul class="mt-3 space-y-2">
              <For each={current()}>{(order) => <OneOrder order={order} />}</For>
            </ul>
          </div>
        </section>
      </Show>
      <Show when={others().length > 0}>
        <details class="bg-sheet border border-line rounded-xl px-5 py-3 text-sm">
          <summary class="cursor-pointer font-medium">{studentWords().order.past}</summary>
          <ul class="mt-3 space-y-2">
            <For each={others()}>{(order) => <OneOrder order={order} />}</For>
          </ul>
        </details>
      </Show>
    </>
  );
}

function OneOrder(props: { readonly order: CourtOrder }): JSX.Element {
  const words = () => studentWords().order;
  const taken = () => takenBy(props.order).map((right) => studentWords().contacts.right[right].toLowerCase());
  return (
    <li class="text-sm border-l-2 border-bad-line pl-3">
      <p>
        <strong>{words().kind[props.order.kind]}</strong> {words().against(props.order.person ? nameOf(props.order.person) : words().hiddenPerson)},{" "}
        {words().from(showDay(props.order.fromDate))}
        <Show when={props.order.toDate}>{(day) => <> {words().until(showDay(dayBefore(day())))}</>}</Show>
      </p>
      <p>
        <Show when={taken().length > 0} fallback={words().takesNothing}>
          {words().takes} <strong>{taken().join(", ")}</strong>
        </Show>
      </p>
      <p class="text-soft">{[props.order.issuedBy, props.order.number && words().number(props.order.number)].filter(Boolean).join(", ")}</p>
    </li>
  );
}
