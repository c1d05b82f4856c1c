import { createMemo, For, type JSX, Show } from "solid-js";
import { useViewer } from "../../app/viewer.ts";
import { dayBefore, showDay } from "../../primitives/days.ts";
import { Card, Nothing } from "../../ui/card.tsx";
import { Chip } from "../../ui/chip.tsx";
import { Avatar } from "../../ui/avatar.tsx";
import { initialsOf, nameOf } from "../people/names.ts";
import { ReachList } from "./reach-list.tsx";
import { heldRights, type Order } from "./rights.ts";
import type { Contact } from "./student-query.ts";
import { studentWords } from "./student-words.ts";

/** Who is listed for the student, in the order in which an office calls, and what each may do today. */
export function ContactsCard(props: { readonly contacts: readonly Contact[]; readonly orders: readonly Order[] }): JSX.Element {
  const viewer = useViewer();
  const ended = (contact: Contact) => contact.toDate !== null && contact.toDate <= viewer().today;
  const current = createMemo(() => props.contacts.filter((contact) => !ended(contact)).sort((one, other) => (one.emergencyOrder ?? 99) - (other.emergencyOrder ?? 99)));
  const former = createMemo(() => props.contacts.filter(ended));
  return (
    <Card title={studentWords().contacts.title} count={current().length}>
      <Show when={current().length > 0} fallback={<Nothing>{studentWords().contacts.none}</Nothing>}>
        <ul class="divide-y divide-line -my-4">
          <For each={current()}>{(contact) => <OneContact contact={contact} orders={props.orders} />}</For>
        </ul>
      </Show>
      <Show when={former().length > 0}>
        <details class="mt-6 text-sm no-print">
          <summary class="cursor-pointer text-soft">{studentWords().contacts.former(former().length)}</summary>
          <ul class="divide-y divide-line mt-2">
            <For each={former()}>{(contact) => <OneContact contact={contact} orders={props.orders} />}</For>
          </ul>
        </details>
      </Show>
    </Card>
  );
}

function OneContact(props: { readonly contact: Contact; readonly orders: readonly Order[] }): JSX.Element {
  const viewer = useViewer();
  const words = () => studentWords().contacts;
  const name = () => (props.contact.person ? nameOf(props.contact.person) : words().hidden);
  const held = () => heldRights(props.contact, props.orders, viewer().today);
  return (
    <li class="py-4 flex gap-3.5">
      <Avatar initials={props.contact.person ? initialsOf(name()) : "?"} />
      <div class="min-w-0 flex-1 space-y-1.5">
        <p class="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <span class="font-semibold" classList={{ "text-soft italic": !props.contact.person }}>{name()}</span>
          <span class="text-sm text-soft">{words().relationship[props.contact.relationship]}</span>
          <Show when={props.contact.emergencyOrder}>{(order) => <Chip tone="brand" icon="phone">{words().emergency(order())}</Chip>}</Show>
          <Show when={props.contact.confidential}><Chip tone="note" icon="lock">{words().confidential}</Chip></Show>
          <Show when={props.contact.status === "PROPOSED"}><Chip tone="note">{words().proposed}</Chip></Show>
          <Show when={props.contact.fromDate > viewer().today}><Chip>{words().since(showDay(props.contact.fromDate))}</Chip></Show>
          <Show when={props.contact.toDate}>{(day) => <Chip>{words().until(showDay(dayBefore(day())))}</Chip>}</Show>
        </p>
        <Show when={props.contact.person}>{(person) => <ReachList person={person()} />}</Show>
        <Show when={held().length > 0} fallback={<p class="text-sm text-soft">{words().noRights}</p>}>
          <ul aria-label={words().rights(name())} class="flex flex-wrap gap-1.5">
            <For each={held()}>
              {({ right, restricted }) => (
                <li>
                  <Chip tone={restricted ? "bad" : "plain"} icon={restricted ? "no" : "check"} struck={restricted}>
                    {words().right[right]}
                    <Show when={restricted}>
                      <span class="sr-only">, {words().restricted}</span>
                    </Show>
                  </Chip>
                </li>
              )}
            </For>
          </ul>
        </Show>
      </div>
    </li>
  );
}
