import { createMemo, For, type JSX, Match, Show, Switch } from "solid-js";
import { roleName } from "../../app/words.ts";
import { graphql } from "../../generated/gql.ts";
import { useGraph } from "../../graphql/client.ts";
import { createQuery } from "../../graphql/create-query.ts";
import { problemOf } from "../../graphql/problems.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { SidePanel } from "../../ui/side-panel.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { distinct, groupByReasons, type Reason } from "./access-reasons.ts";
import type { Student } from "./student-query.ts";
import { reasonSentence, whyWords } from "./why-words.ts";

export const AccessReasonsDocument = graphql(/* GraphQL */ `
  query AccessReasons($id: ID!) {
    student(id: $id) {
      id
      accessReasons { ...Reason }
      contacts(first: 100) { nodes { id accessReasons { ...Reason } } }
      schoolEnrollments(first: 100) { nodes { id accessReasons { ...Reason } } }
      courtOrders(first: 50) { nodes { id accessReasons { ...Reason } } }
      programParticipations(first: 50) { nodes { id accessReasons { ...Reason } } }
      mealEligibilities(first: 20) { nodes { id accessReasons { ...Reason } } }
      directoryOptOuts(first: 20) { nodes { id accessReasons { ...Reason } } }
      majorityArrangements(first: 20) { nodes { id accessReasons { ...Reason } } }
    }
  }
  fragment Reason on AccessReason {
    role
    relation
    description
  }
`);

const parts = ["contacts", "schoolEnrollments", "courtOrders", "programParticipations", "mealEligibilities", "directoryOptOuts", "majorityArrangements"] as const;

/** Tells the reader through which role and which fact each part of the record is open. Asked for when opened, so that it holds now. */
export function WhyPanel(props: { readonly student: Student; readonly open: boolean; readonly onClose: () => void }): JSX.Element {
  const query = createQuery({ client: useGraph(), document: AccessReasonsDocument, variables: () => (props.open ? { id: props.student.id } : null) });
  const own = createMemo(() => distinct(query.data?.student?.accessReasons ?? []));
  const byPart = createMemo(() =>
    groupByReasons(parts.map((part) => ({ part, reasons: (query.data?.student?.[part]?.nodes ?? []).flatMap((node) => node.accessReasons ?? []) }))),
  );
  return (
    <SidePanel title={whyWords().title} closeLabel={whyWords().close} open={props.open} onClose={props.onClose}>
      <Switch>
        <Match when={query.data}>
          <div class="space-y-5">
            <Show when={own().length > 0} fallback={<p>{whyWords().none}</p>}>
              <p class="text-sm text-soft">{whyWords().intro}</p>
              <Reasons reasons={own()} />
            </Show>
            <Show when={byPart().length > 0}>
              <div>
                <h3 class="font-semibold mb-2">{whyWords().parts}</h3>
                <dl class="text-sm divide-y divide-line border-y border-line">
                  <For each={byPart()}>
                    {(entry) => (
                      <div class="py-2.5 grid grid-cols-[9rem_1fr] gap-3">
                        <dt class="font-medium">
                          <For each={entry.parts}>{(part) => <div>{whyWords().part[part]}</div>}</For>
                        </dt>
                        <dd>
                          <Reasons reasons={entry.reasons} small />
                        </dd>
                      </div>
                    )}
                  </For>
                </dl>
              </div>
            </Show>
            <p class="text-sm text-soft">{whyWords().note}</p>
            <ProblemNotice problem={problemOf(query.error)} onAgain={query.refetch} part />
          </div>
        </Match>
        <Match when={problemOf(query.error)}>{(problem) => <ProblemNotice problem={problem()} onAgain={query.refetch} />}</Match>
        <Match when={query.fetching}>
          <div class="space-y-3">
            <p role="status" class="sr-only">{whyWords().loading}</p>
            <Skeleton class="h-4 w-11/12" />
            <Skeleton class="h-16 w-full" />
            <Skeleton class="h-4 w-3/4" />
          </div>
        </Match>
      </Switch>
    </SidePanel>
  );
}

function Reasons(props: { readonly reasons: readonly Reason[]; readonly small?: boolean }): JSX.Element {
  return (
    <ul class={props.small ? "space-y-1.5" : "space-y-2"}>
      <For each={props.reasons}>
        {(reason) => (
          <li class={props.small ? "" : "rounded-lg bg-tint-strong px-3.5 py-2.5"}>
            <strong class="font-semibold">{whyWords().as(roleName(reason.role))}</strong>, {reasonSentence(reason)}
          </li>
        )}
      </For>
    </ul>
  );
}
