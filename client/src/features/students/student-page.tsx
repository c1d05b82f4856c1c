import { createMemo, createSignal, type JSX, Match, Show, Switch } from "solid-js";
import { usePlaces } from "../../app/places.ts";
import { useViewer } from "../../app/viewer.ts";
import { useGraph } from "../../graphql/client.ts";
import { createQuery } from "../../graphql/create-query.ts";
import { closedFields, problemOf } from "../../graphql/problems.ts";
import { showDay } from "../../primitives/days.ts";
import { Button, ButtonLink } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Icon } from "../../ui/icon.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { ScreenTitle } from "../../ui/screen-title.tsx";
import { Skeleton, SkeletonCard } from "../../ui/skeleton.tsx";
import { AboutCard, MajorityCard, PrivacyCard } from "./about-card.tsx";
import { ContactsCard } from "./contacts-card.tsx";
import { CourtOrders } from "./court-orders.tsx";
import { EnrollmentCard } from "./enrollment-card.tsx";
import { HouseholdsCard } from "./households-card.tsx";
import { MealsCard, ProgramsCard } from "./programs-card.tsx";
import { ReachList } from "./reach-list.tsx";
import { StudentHeader } from "./student-header.tsx";
import { type Student, StudentPageDocument } from "./student-query.ts";
import { studentWords } from "./student-words.ts";
import { WhyPanel } from "./why-panel.tsx";

/** One student: what the caller may see of her, and why. */
export function StudentPage(props: { readonly id: string }): JSX.Element {
  const viewer = useViewer();
  const places = usePlaces();
  const query = createQuery({ client: useGraph(), document: StudentPageDocument, variables: () => ({ id: props.id }) });
  const student = () => query.data?.student;
  const problem = () => problemOf(query.error);
  const back = () => (viewer().seesDirectory ? { href: places.keep("/students"), label: studentWords().toList } : { href: "/family", label: studentWords().toFamily });
  return (
    <>
      <p class="no-print mb-3">
        <a href={back().href} class="inline-flex items-center gap-1.5 text-sm font-medium text-brand-deep no-underline hover:underline min-h-8">
          <Icon name="back" class="size-4" />
          {back().label}
        </a>
      </p>
      <Switch>
        <Match when={student()} keyed={false}>
          {(found) => <Record student={found()} closed={closedFields(query.error)} problem={<ProblemNotice problem={problem()} onAgain={query.refetch} part />} hasProblem={problem() !== null} />}
        </Match>
        <Match when={query.fetching}>
          <Loading />
        </Match>
        <Match when={problem() !== null && problem()?.kind !== "not-found" && problem()?.kind !== "invalid"}>
          <ScreenTitle window={studentWords().window} class="sr-only">{studentWords().window}</ScreenTitle>
          <ProblemNotice problem={problem()} onAgain={query.refetch} />
        </Match>
        <Match when={true}>
          <ScreenTitle window={studentWords().window} class="sr-only">{studentWords().notFound}</ScreenTitle>
          <div class="bg-sheet border border-line rounded-xl">
            <EmptyState icon="lock" title={studentWords().notFound} action={<ButtonLink href={back().href}>{back().label}</ButtonLink>}>
              {studentWords().notFoundText}
            </EmptyState>
          </div>
        </Match>
      </Switch>
    </>
  );
}

function Record(props: { readonly student: Student; readonly closed: ReadonlySet<string>; readonly hasProblem: boolean; readonly problem: JSX.Element }): JSX.Element {
  const viewer = useViewer();
  const [why, setWhy] = createSignal(false);
  const orders = () => props.student.courtOrders?.nodes ?? [];
  const open = (field: string) => !props.closed.has(field);
  const closedNames = createMemo(() => [...props.closed].map((field) => studentWords().closed.names[field]).filter((name) => name !== undefined));
  return (
    <div class="space-y-5">
      <StudentHeader
        student={props.student}
        actions={
          <>
            <Button icon="question" onClick={() => setWhy(true)}>{studentWords().why}</Button>
            <Button icon="print" onClick={() => window.print()}>{studentWords().print}</Button>
          </>
        }
      />
      <Show when={props.hasProblem}>{props.problem}</Show>
      <CourtOrders orders={orders()} />
      <div class="grid gap-5 items-start grid-cols-[minmax(0,1fr)] lg:grid-cols-[minmax(0,1fr)_22rem] print:block print:space-y-4">
        <div class="space-y-5">
          <Show when={open("student.contacts")}>
            <ContactsCard contacts={props.student.contacts?.nodes ?? []} orders={orders()} />
          </Show>
          <Show when={open("student.schoolEnrollments")}>
            <EnrollmentCard enrollments={props.student.schoolEnrollments?.nodes ?? []} />
          </Show>
          <Show when={open("student.person.householdMemberships")}>
            <HouseholdsCard memberships={props.student.person?.householdMemberships?.nodes ?? []} />
          </Show>
        </div>
        <div class="space-y-5">
          <AboutCard student={props.student} />
          <Show when={props.student.person}>{(person) => <ReachList person={person()} card />}</Show>
          <ProgramsCard student={props.student} open={open("student.programParticipations")} />
          <MealsCard student={props.student} />
          <PrivacyCard student={props.student} />
          <MajorityCard student={props.student} />
        </div>
      </div>
      <Show when={viewer().seesDirectory && closedNames().length > 0}>
        <p class="no-print flex items-start gap-2 text-sm text-soft">
          <Icon name="lock" class="size-4 mt-0.5" />
          <span>
            {studentWords().closed.title} {closedNames().join(", ")}.
          </span>
        </p>
      </Show>
      <p class="print-only hidden text-xs">{studentWords().printed(showDay(viewer().today), viewer().name)}</p>
      <WhyPanel student={props.student} open={why()} onClose={() => setWhy(false)} />
    </div>
  );
}

function Loading(): JSX.Element {
  return (
    <div class="space-y-5">
      <p role="status" class="sr-only">{studentWords().loading}</p>
      <div class="bg-sheet border border-line rounded-xl p-5 flex gap-4 items-center">
        <Skeleton class="size-16 rounded-full!" />
        <div class="space-y-2.5 flex-1">
          <Skeleton class="h-6 w-64 max-w-full" />
          <Skeleton class="h-4 w-44" />
        </div>
      </div>
      <div class="grid gap-5 items-start lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div class="space-y-5">
          <SkeletonCard lines={7} />
          <SkeletonCard lines={4} />
        </div>
        <SkeletonCard lines={5} />
      </div>
    </div>
  );
}
