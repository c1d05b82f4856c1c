import { For, type JSX, Show } from "solid-js";
import type { ReachFragment } from "../../generated/graphql.ts";
import { Card } from "../../ui/card.tsx";
import { Icon } from "../../ui/icon.tsx";
import { studentWords } from "./student-words.ts";

/** The numbers and addresses of a person, as links that call and write. Left out when none are open. */
export function ReachList(props: { readonly person: ReachFragment; readonly card?: boolean }): JSX.Element {
  const phones = () => [...(props.person.phones?.nodes ?? [])].sort((one, other) => Number(other.preferred) - Number(one.preferred));
  const emails = () => [...(props.person.emails?.nodes ?? [])].sort((one, other) => Number(other.preferred) - Number(one.preferred));
  const list = () => (
    <ul class="flex flex-wrap gap-x-5 gap-y-1.5 text-sm">
      <For each={phones()}>
        {(phone) => (
          <li class="inline-flex flex-wrap items-center gap-x-1.5">
            <Icon name="phone" class="size-4 text-soft" />
            <a class="text-brand-deep hover:underline whitespace-nowrap" href={`tel:${phone.number.replaceAll(/[^+\d]/g, "")}`}>{phone.number}</a>
            <Remark words={studentWords().phone[phone.kind]} preferred={phone.preferred && phones().length > 1} confidential={phone.confidential} />
          </li>
        )}
      </For>
      <For each={emails()}>
        {(email) => (
          <li class="inline-flex flex-wrap items-center gap-x-1.5 min-w-0">
            <Icon name="mail" class="size-4 text-soft" />
            <a class="text-brand-deep hover:underline wrap-anywhere" href={`mailto:${encodeURIComponent(email.address).replace("%40", "@")}`}>{email.address}</a>
            <Remark words={studentWords().email[email.kind]} preferred={email.preferred && emails().length > 1} confidential={email.confidential} />
          </li>
        )}
      </For>
    </ul>
  );
  return (
    <Show when={phones().length + emails().length > 0}>
      <Show when={props.card} fallback={list()}>
        <Card title={studentWords().reach.title}>{list()}</Card>
      </Show>
    </Show>
  );
}

function Remark(props: { readonly words: string; readonly preferred: boolean; readonly confidential: boolean }): JSX.Element {
  return (
    <span class="text-soft text-xs">
      {[props.words, props.preferred && studentWords().preferred].filter(Boolean).join(", ")}
      <Show when={props.confidential}>
        <span class="text-bad">, {studentWords().contacts.confidential.toLowerCase()}</span>
      </Show>
    </span>
  );
}
