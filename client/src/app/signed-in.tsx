import { createMemo, type JSX, Match, Show, Switch } from "solid-js";
import { DirectoryMemoryContext, createDirectoryMemory } from "../features/students/directory-memory.ts";
import { Unlinked } from "../features/session/session-page.tsx";
import { useGraph } from "../graphql/client.ts";
import { createQuery } from "../graphql/create-query.ts";
import { problemOf } from "../graphql/problems.ts";
import { ProblemNotice } from "../ui/problem-notice.tsx";
import { Skeleton, SkeletonCard } from "../ui/skeleton.tsx";
import { Screens } from "./screens.tsx";
import type { Session } from "./session.ts";
import { Shell, PlainFrame } from "./shell.tsx";
import { appWords } from "./words.ts";
import { ViewerContext, ViewerDocument, viewerOf } from "./viewer.ts";

/** Everything that a signed-in person sees. Made anew for each sign-in, with nothing of an earlier one. */
export function SignedIn(props: { readonly session: Session; readonly name: string }): JSX.Element {
  const query = createQuery({ client: useGraph(), document: ViewerDocument, variables: () => ({}) });
  const viewer = createMemo(() => (query.data?.me ? viewerOf(query.data, props.name) : null));
  const ready = createMemo(() => viewer() !== null);
  return (
    <Switch fallback={<Loading />}>
      <Match when={query.data?.me?.notice}>
        {(notice) => <Unlinked notice={notice()} name={props.name} session={props.session} onLinked={query.refetch} />}
      </Match>
      <Match when={ready()}>
        <ViewerContext.Provider value={() => viewer()!}>
          <DirectoryMemoryContext.Provider value={createDirectoryMemory()}>
            <Shell session={props.session}>
              <Show when={problemOf(query.error)}>
                <div class="mb-5">
                  <ProblemNotice problem={problemOf(query.error)} onAgain={query.refetch} part />
                </div>
              </Show>
              <Screens />
            </Shell>
          </DirectoryMemoryContext.Provider>
        </ViewerContext.Provider>
      </Match>
      <Match when={!query.fetching && problemOf(query.error)}>
        {(problem) => (
          <PlainFrame>
            <h1 class="sr-only">{appWords().name}</h1>
            <ProblemNotice problem={problem()} onAgain={query.refetch} />
          </PlainFrame>
        )}
      </Match>
    </Switch>
  );
}

function Loading(): JSX.Element {
  return (
    <div>
      <p role="status" class="sr-only">{appWords().loading}</p>
      <div class="h-16 border-b border-line bg-sheet" />
      <div class="max-w-7xl mx-auto px-4 sm:px-6 py-8 space-y-5">
        <Skeleton class="h-7 w-56" />
        <SkeletonCard lines={6} />
      </div>
    </div>
  );
}
