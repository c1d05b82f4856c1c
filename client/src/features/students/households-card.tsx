import { createMemo, For, type JSX, Show } from "solid-js";
import { useViewer } from "../../app/viewer.ts";
import { covers, dayBefore, showDay } from "../../primitives/days.ts";
import { Card, Nothing } from "../../ui/card.tsx";
import { Chip } from "../../ui/chip.tsx";
import { nameOf } from "../people/names.ts";
import type { HouseholdMembership } from "./student-query.ts";
import { studentWords } from "./student-words.ts";

/** Where the student lives, and with whom. */
export function HouseholdsCard(props: { readonly memberships: readonly HouseholdMembership[] }): JSX.Element {
  const known = createMemo(() => props.memberships.filter((membership) => membership.household !== null));
  return (
    <Card title={studentWords().household.title} count={known().length > 1 ? known().length : undefined}>
      <Show when={known().length > 0} fallback={<Nothing>{studentWords().household.none}</Nothing>}>
        <ul class="grid gap-x-8 gap-y-5 sm:grid-cols-2">
          <For each={known()}>{(membership) => <OneHousehold membership={membership} />}</For>
        </ul>
      </Show>
    </Card>
  );
}

type Address = NonNullable<NonNullable<HouseholdMembership["household"]>["addresses"]>["nodes"][number];

function OneHousehold(props: { readonly membership: HouseholdMembership }): JSX.Element {
  const viewer = useViewer();
  const words = () => studentWords().household;
  const now = (span: { readonly fromDate: string; readonly toDate: string | null }) => covers({ from: span.fromDate, to: span.toDate }, viewer().today);
  const household = () => props.membership.household!;
  const addresses = () => (household().addresses?.nodes ?? []).filter(now);
  const members = () => (household().members?.nodes ?? []).filter((member) => now(member) && member.person !== null);
  return (
    <li class="text-sm space-y-2">
      <p class="font-semibold flex flex-wrap gap-2 items-center">
        {household().name}
        <Show when={!now(props.membership) && props.membership.toDate}>{(day) => <Chip>{studentWords().contacts.until(showDay(dayBefore(day())))}</Chip>}</Show>
      </p>
      <For each={addresses()} fallback={<p class="text-soft">{words().noAddress}</p>}>{(address) => <OneAddress address={address} />}</For>
      <Show when={members().length > 0}>
        <p class="text-soft">
          {words().members}: <span class="text-ink">{members().map((member) => nameOf(member.person!)).join(", ")}</span>
        </p>
      </Show>
    </li>
  );
}

function OneAddress(props: { readonly address: Address }): JSX.Element {
  const words = () => studentWords().household;
  return (
    <div>
      <address class="not-italic" classList={{ "no-print": props.address.addressConfidential }}>
        <span class="text-soft">{words().kind[props.address.kind]}: </span>
        {[props.address.line1, props.address.line2].filter(Boolean).join(", ")}
        <br />
        {`${props.address.city}, ${props.address.region} ${props.address.postalCode ?? ""}`}
      </address>
      <Show when={props.address.addressConfidential}>
        <p class="no-print mt-1"><Chip tone="bad" icon="lock">{words().confidentialAddress}</Chip></p>
        <p class="print-only hidden text-soft">{words().notPrinted}</p>
      </Show>
    </div>
  );
}
