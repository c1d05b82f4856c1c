import { createEffect, For, type JSX, Match, Show, Switch } from "solid-js";
import { useViewer } from "../../app/viewer.ts";
import { graphql } from "../../generated/gql.ts";
import type { FamilyHomeQuery } from "../../generated/graphql.ts";
import { useGraph } from "../../graphql/client.ts";
import { createQuery } from "../../graphql/create-query.ts";
import { problemOf } from "../../graphql/problems.ts";
import { showDay } from "../../primitives/days.ts";
import { useRouter } from "../../primitives/router.tsx";
import { Avatar } from "../../ui/avatar.tsx";
import { Chip } from "../../ui/chip.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Icon } from "../../ui/icon.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { ScreenTitle } from "../../ui/screen-title.tsx";
import { SkeletonCard } from "../../ui/skeleton.tsx";
import { initialsOf, nameOf } from "../people/names.ts";
import { mainEnrollment, standingOf } from "../students/enrollments.ts";
import { studentWords } from "../students/student-words.ts";
import { familyWords } from "./family-words.ts";

export const FamilyHomeDocument = graphql(/* GraphQL */ `
  query FamilyHome($where: StudentWhere!) {
    students(where: $where, first: 50, orderBy: [{ field: sortName }]) {
      nodes {
        id
        sortName
        studentNumber
        person { id ...PersonNames }
        schoolEnrollments(first: 20, orderBy: [{ field: entryDate, direction: DESC }]) {
          nodes { ...EnrollmentSummary school { phone } }
        }
      }
    }
  }
`);

type Child = NonNullable<FamilyHomeQuery["students"]>["nodes"][number];

/** A parent's children, or a student herself: the same records as everywhere, from the family's side. */
export function FamilyHome(): JSX.Element {
  const viewer = useViewer();
  const router = useRouter();
  const query = createQuery({
    client: useGraph(),
    document: FamilyHomeDocument,
    variables: () => {
      const id = viewer().personId;
      return id === null ? null : { where: { or: [{ person: { id: { eq: id } } }, { contacts: { some: { person: { id: { eq: id } } } } }] } };
    },
  });
  const children = () => query.data?.students?.nodes;
  const problem = () => problemOf(query.error);
  // A student without children of her own has one page: her own.
  createEffect(() => {
    const [only, ...more] = children() ?? [];
    if (only && more.length === 0 && only.person?.id === viewer().personId && !viewer().roles.includes("parent")) router.navigate(`/students/${only.id}`, { replace: true });
  });
  return (
    <>
      <ScreenTitle window={familyWords().window}>{familyWords().hello(viewer().name.split(" ")[0] ?? viewer().name)}</ScreenTitle>
      <div class="mt-4 space-y-5">
        <ProblemNotice problem={problem()} onAgain={query.refetch} part={children() !== undefined} />
        <Switch>
          <Match when={children()?.length}>
            <p class="text-soft">{familyWords().children}</p>
            <ul class="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
              <For each={children()}>{(child) => <ChildCard child={child} />}</For>
            </ul>
          </Match>
          <Match when={children() !== undefined || (viewer().personId === null && problem() === null) || (!query.fetching && problem() === null)}>
            <div class="bg-sheet border border-line rounded-xl">
              <EmptyState icon="people" title={familyWords().empty}>
                <p>{familyWords().emptyText}</p>
                <p class="mt-3">{familyWords().emptyHelp}</p>
              </EmptyState>
            </div>
          </Match>
          <Match when={query.fetching}>
            <p role="status" class="sr-only">{familyWords().loading}</p>
            <div class="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
              <SkeletonCard lines={3} />
              <SkeletonCard lines={3} />
            </div>
          </Match>
        </Switch>
      </div>
    </>
  );
}

function ChildCard(props: { readonly child: Child }): JSX.Element {
  const viewer = useViewer();
  const name = () => (props.child.person ? nameOf(props.child.person) : props.child.sortName);
  const enrollment = () => mainEnrollment(props.child.schoolEnrollments?.nodes ?? [], viewer().today);
  const standing = () => (enrollment() ? standingOf(enrollment()!, viewer().today) : null);
  return (
    <li class="relative bg-sheet border border-line rounded-xl p-5 flex flex-col gap-4 hover:border-brand transition-colors focus-within:border-brand">
      <div class="flex items-center gap-4">
        <Avatar large initials={initialsOf(name())} />
        <div class="min-w-0">
          <h2 class="text-lg font-semibold leading-snug">
            <a href={`/students/${props.child.id}`} class="row-link text-ink no-underline wrap-anywhere">{name()}</a>
          </h2>
          <p class="text-sm text-soft tabular-nums">{studentWords().number(props.child.studentNumber)}</p>
          <Show when={props.child.person?.id === viewer().personId}><Chip tone="brand">{familyWords().you}</Chip></Show>
        </div>
        <Icon name="next" class="size-5 text-soft ml-auto" />
      </div>
      <Show when={enrollment()} fallback={<p class="text-sm text-soft">{familyWords().notEnrolled}</p>}>
        {(one) => (
          <div class="text-sm border-t border-line pt-3">
            <p class="flex items-center gap-2">
              <Icon name="school" class="size-4.5 text-soft" />
              <span class="font-medium">{one().school?.name ?? ""}</span>
            </p>
            <p class="text-soft mt-0.5 pl-6.5">
              {[one().gradeLevel?.title, standing() === "coming" ? studentWords().enrollment.columns.from + " " + showDay(one().entryDate) : standing() === "here" ? null : studentWords().status[standing()!]].filter(Boolean).join(", ")}
            </p>
            <Show when={one().school?.phone}>
              {(phone) => (
                <p class="relative mt-1.5 pl-6.5">
                  <a href={`tel:${phone().replaceAll(/[^+\d]/g, "")}`} class="relative text-brand-deep hover:underline"><span class="sr-only">{familyWords().phone(one().school?.name ?? "")}: </span>{phone()}</a>
                </p>
              )}
            </Show>
          </div>
        )}
      </Show>
    </li>
  );
}
