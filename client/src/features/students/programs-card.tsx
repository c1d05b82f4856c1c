import { createSignal, For, type JSX, Match, Show, Switch } from "solid-js";
import { useViewer } from "../../app/viewer.ts";
import { graphql } from "../../generated/gql.ts";
import { useGraph } from "../../graphql/client.ts";
import { createQuery } from "../../graphql/create-query.ts";
import { closedFields, problemOf } from "../../graphql/problems.ts";
import { covers, type Day, dayBefore, showDay } from "../../primitives/days.ts";
import { Button } from "../../ui/button.tsx";
import { Card, Nothing } from "../../ui/card.tsx";
import { Chip } from "../../ui/chip.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import type { Student } from "./student-query.ts";
import { studentWords } from "./student-words.ts";

export const SupportProgramsDocument = graphql(/* GraphQL */ `
  query SupportPrograms($id: ID!) {
    student(id: $id) {
      id
      supportParticipations(first: 50) { nodes { id fromDate toDate program { id title code } } }
    }
  }
`);

/** Which roles open the records that are audited when read: so that no button is offered that leads nowhere. */
export const SupportRulesDocument = graphql(/* GraphQL */ `
  query SupportRules {
    accessRules(coordinate: "SupportParticipation") { verb role }
  }
`);

interface Participation {
  readonly id: string;
  readonly fromDate: Day;
  readonly toDate: Day | null;
  readonly program: { readonly title: string } | null;
}

export function ProgramsCard(props: { readonly student: Student; readonly open: boolean }): JSX.Element {
  const viewer = useViewer();
  const client = useGraph();
  const words = () => studentWords().programs;
  const rules = createQuery({ client, document: SupportRulesDocument, variables: () => ({}) });
  const supportOpens = () => (rules.data?.accessRules ?? []).some((rule) => rule.verb === "READ" && viewer().roles.includes(rule.role));
  const [wanted, setWanted] = createSignal(false);
  const support = createQuery({ client, document: SupportProgramsDocument, variables: () => (wanted() ? { id: props.student.id } : null) });
  const listed = () => support.data?.student?.supportParticipations?.nodes;
  return (
    <Show when={props.open || supportOpens()}>
      <Card title={words().title}>
        <Show when={props.open}>
          <Participations participations={props.student.programParticipations?.nodes ?? []} none={words().none} />
        </Show>
        <Show when={supportOpens()}>
          <div class="mt-4 pt-4 border-t border-line" classList={{ "no-print": !wanted() }}>
            <h3 class="text-sm font-semibold">{words().support}</h3>
            <div role="status" class="mt-1">
              <Switch>
                <Match when={!wanted()}>
                  <p class="text-sm text-soft mb-2.5">{words().supportText}</p>
                </Match>
                <Match when={listed()}>{(rows) => <Participations participations={rows()} none={words().noSupport} />}</Match>
                <Match when={support.fetching}>
                  <p class="text-sm text-soft">{words().loadingSupport}</p>
                </Match>
                <Match when={problemOf(support.error) === null || closedFields(support.error).size > 0}>
                  <Nothing>{words().noSupport}</Nothing>
                </Match>
              </Switch>
              <ProblemNotice problem={problemOf(support.error)} onAgain={support.refetch} part />
            </div>
            <Show when={!wanted()}>
              <Button icon="lock" onClick={() => setWanted(true)}>{words().openSupport}</Button>
            </Show>
          </div>
        </Show>
      </Card>
    </Show>
  );
}

function Participations(props: { readonly participations: readonly Participation[]; readonly none: string }): JSX.Element {
  const viewer = useViewer();
  const words = () => studentWords().programs;
  return (
    <ul class="text-sm space-y-2">
      <For each={props.participations} fallback={<li class="text-soft">{props.none}</li>}>
        {(one) => (
          <li class="flex flex-wrap gap-x-2 gap-y-0.5 items-baseline">
            <span class="font-medium">{one.program?.title ?? ""}</span>
            <span class="text-soft">{one.toDate ? words().span(showDay(one.fromDate), showDay(dayBefore(one.toDate))) : words().since(showDay(one.fromDate))}</span>
            <Show when={!covers({ from: one.fromDate, to: one.toDate }, viewer().today) && one.fromDate <= viewer().today}><Chip>{words().ended}</Chip></Show>
          </li>
        )}
      </For>
    </ul>
  );
}

/** What the student pays for meals. Shown to few: federal law closes it even to most of a school. */
export function MealsCard(props: { readonly student: Student }): JSX.Element {
  const viewer = useViewer();
  const words = () => studentWords().meals;
  const current = () => (props.student.mealEligibilities?.nodes ?? []).filter((one) => covers({ from: one.fromDate, to: one.toDate }, viewer().today));
  return (
    <Show when={current().length > 0}>
      <Card title={words().title}>
        <ul class="text-sm space-y-1">
          <For each={current()}>
            {(one) => (
              <li>
                <span class="font-medium">{words().status[one.status]}</span> <span class="text-soft">{words().basis[one.basis]}, {studentWords().programs.since(showDay(one.fromDate))}</span>
              </li>
            )}
          </For>
        </ul>
      </Card>
    </Show>
  );
}
