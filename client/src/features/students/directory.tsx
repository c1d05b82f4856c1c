import { createEffect, createMemo, type JSX, Match, on, onCleanup, onMount, Show, Switch } from "solid-js";
import { usePlaces } from "../../app/places.ts";
import { NothingOpen } from "../../app/screens.tsx";
import { useViewer } from "../../app/viewer.ts";
import { graphql } from "../../generated/gql.ts";
import type { StudentDirectoryQueryVariables } from "../../generated/graphql.ts";
import { useGraph } from "../../graphql/client.ts";
import { createQuery } from "../../graphql/create-query.ts";
import { problemOf } from "../../graphql/problems.ts";
import { createDebounced } from "../../primitives/debounced.ts";
import { useRouter } from "../../primitives/router.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { CheckField, SelectField } from "../../ui/fields.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { ScreenTitle } from "../../ui/screen-title.tsx";
import { directoryFilter } from "./directory-filter.ts";
import { pageSize, useDirectoryMemory } from "./directory-memory.ts";
import { DirectorySkeleton, DirectoryTable } from "./directory-table.tsx";
import { directoryWords } from "./directory-words.ts";
import { firstPage, nextPage, pageArguments, previousPage } from "./paging.ts";
import { SearchField } from "./search-field.tsx";

export const StudentDirectoryDocument = graphql(/* GraphQL */ `
  query StudentDirectory(
    $where: StudentWhere
    $orderBy: [StudentOrder!]
    $first: Int
    $after: String
    $last: Int
    $before: String
    $enrollment: SchoolEnrollmentWhere
    $withEnrollments: Boolean!
  ) {
    students(where: $where, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
      totalCount
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      nodes {
        id
        sortName
        studentNumber
        schoolEnrollments(where: $enrollment, first: 5, orderBy: [{ field: entryDate, direction: DESC }]) @include(if: $withEnrollments) {
          nodes { ...EnrollmentSummary }
        }
      }
    }
  }
`);

/** The students whom the caller may see: found while typing, narrowed by school, year and grade. */
export function StudentDirectory(): JSX.Element {
  const viewer = useViewer();
  return (
    <Show when={viewer().seesDirectory} fallback={<NothingOpen />}>
      <Directory />
    </Show>
  );
}

function Directory(): JSX.Element {
  const viewer = useViewer();
  const router = useRouter();
  const places = usePlaces();
  const memory = useDirectoryMemory();
  const search = createDebounced(memory.search, 200);
  const grade = () => viewer().grades.find((one) => one.id === router.query("grade")) ?? null;
  const withLeavers = () => router.query("left") === "1";
  const order = createMemo(() => {
    const [field, direction] = (router.query("order") ?? "name").split("-");
    return { field: field === "number" ? ("studentNumber" as const) : ("sortName" as const), ascending: direction !== "desc" };
  });
  const runningYear = () => places.year() !== null && places.year()?.id === viewer().currentYear?.id;

  const filters = createMemo(() => {
    const { schools, boundToSchools, today, seesEnrollments } = viewer();
    return directoryFilter({
      search: search().trim(),
      schoolId: places.school()?.id ?? null,
      boundTo: boundToSchools ? schools.map((school) => school.id) : null,
      year: places.year(),
      gradeId: grade()?.id ?? null,
      withLeavers: withLeavers(),
      today,
      byEnrollment: seesEnrollments,
    });
  });
  // Another question starts at its first page; coming back to the same one does not.
  const variables = createMemo<StudentDirectoryQueryVariables>(() => {
    const { where, enrollment } = filters();
    const orderBy = [{ field: order().field, direction: order().ascending ? ("ASC" as const) : ("DESC" as const) }];
    const question = JSON.stringify([where, orderBy]);
    const remembered = memory.page();
    const page = question === memory.filters ? remembered : firstPage(pageSize);
    return { where, orderBy, enrollment, withEnrollments: viewer().seesEnrollments, ...pageArguments(page) };
  }, { where: null, withEnrollments: false }, { equals: (one, other) => JSON.stringify(one) === JSON.stringify(other) });
  createEffect(() => {
    const question = JSON.stringify([variables().where, variables().orderBy]);
    if (question === memory.filters) return;
    memory.filters = question;
    memory.setPage(firstPage(pageSize));
  });

  const query = createQuery({ client: useGraph(), document: StudentDirectoryDocument, variables, keep: true });
  const students = () => query.data?.students ?? null;
  const nodes = () => students()?.nodes ?? [];
  const shown = () => nodes().length;
  const next = () => (students() ? nextPage(memory.page(), students()!.pageInfo, shown()) : null);
  const previous = () => (students() ? previousPage(memory.page(), students()!.pageInfo) : null);
  const problem = () => problemOf(query.error);
  const filtered = () => memory.search() !== "" || grade() !== null;

  let list: HTMLElement | undefined;
  let box!: HTMLInputElement;
  const links = () => [...(list?.querySelectorAll<HTMLElement>("a.row-link") ?? [])];
  const toSearch = (event: KeyboardEvent) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof HTMLElement && event.target.closest("input, select, textarea, dialog[open], [popover]:popover-open")) return;
    event.preventDefault();
    box.focus();
    box.select();
  };
  onMount(() => document.addEventListener("keydown", toSearch));
  onCleanup(() => document.removeEventListener("keydown", toSearch));
  // Back from a student's page: to the row that was opened.
  createEffect(
    on(nodes, (rows) => {
      const opened = memory.opened();
      if (opened === null || rows.length === 0) return;
      memory.setOpened(null);
      if (router.moved()) requestAnimationFrame(() => list?.querySelector<HTMLElement>(`a[data-student="${CSS.escape(opened)}"]`)?.focus());
    }),
  );
  const turn = (page: ReturnType<typeof next>) => {
    if (!page) return;
    memory.setPage(page);
    window.scrollTo(0, 0);
    list?.closest<HTMLElement>("[tabindex]")?.focus({ preventScroll: true });
  };
  const clear = () => {
    memory.setSearch("");
    router.navigate(router.hrefWith({ grade: null, left: null }), { replace: true });
    box.focus();
  };

  return (
    <>
      <div class="flex flex-wrap items-end gap-x-4 gap-y-1 mb-4">
        <ScreenTitle window={directoryWords().title}>{directoryWords().title}</ScreenTitle>
        <p role="status" class="text-soft text-sm pb-0.5 tabular-nums">
          <Show when={students()} fallback={<span class="sr-only">{query.fetching ? directoryWords().loading : ""}</span>}>
            {(found) => <>{filtered() ? directoryWords().found(found().totalCount) : directoryWords().count(found().totalCount)}</>}
          </Show>
        </p>
      </div>
      <div class="bg-sheet border border-line rounded-xl overflow-hidden">
        <div class="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 border-b border-line">
          <SearchField ref={(element) => (box = element)} value={memory.search()} onInput={memory.setSearch} onLeaveDown={() => links()[0]?.focus()} />
          <Show when={viewer().seesEnrollments}>
            <SelectField
              hiddenLabel
              label={directoryWords().grade}
              value={grade()?.id ?? ""}
              choices={[{ value: "", label: directoryWords().allGrades }, ...viewer().grades.map((one) => ({ value: one.id, label: one.title }))]}
              onChoose={(value) => router.navigate(router.hrefWith({ grade: value || null }), { replace: true })}
            />
            <Show when={runningYear()}>
              <CheckField label={directoryWords().withLeavers} checked={withLeavers()} onChange={(checked) => router.navigate(router.hrefWith({ left: checked ? "1" : null }), { replace: true })} />
            </Show>
          </Show>
        </div>
        <Show when={problem()}>
          <div class="p-4">
            <ProblemNotice problem={problem()} onAgain={query.refetch} part={students() !== null} />
          </div>
        </Show>
        <Switch>
          <Match when={shown() > 0}>
            <DirectoryTable
              ref={(element) => (list = element)}
              students={nodes()}
              order={order()}
              dimmed={query.fetching && memory.search() !== search()}
              withEnrollments={viewer().seesEnrollments}
              onOpen={memory.setOpened}
              onLeaveUp={() => box.focus()}
            />
            <nav aria-label={directoryWords().pages} class="flex items-center gap-2 px-4 py-3 border-t border-line text-sm">
              <p class="text-soft tabular-nums mr-auto">{directoryWords().range(memory.page().offset + 1, memory.page().offset + shown(), Math.max(students()!.totalCount, memory.page().offset + shown()))}</p>
              <Button icon="previous" disabled={previous() === null} onClick={() => turn(previous())}>{directoryWords().previous}</Button>
              <Button disabled={next() === null} onClick={() => turn(next())}>{directoryWords().next}</Button>
            </nav>
          </Match>
          <Match when={students() !== null && filtered()}>
            <EmptyState icon="search" title={directoryWords().emptySearch} action={<Button onClick={clear}>{directoryWords().clearAll}</Button>}>
              {directoryWords().emptySearchText}
            </EmptyState>
          </Match>
          <Match when={students() !== null}>
            <EmptyState icon="people" title={directoryWords().empty}>{directoryWords().emptyText}</EmptyState>
          </Match>
          <Match when={query.fetching}>
            <DirectorySkeleton />
          </Match>
        </Switch>
      </div>
    </>
  );
}
