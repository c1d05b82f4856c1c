import { createEffect, createMemo, type JSX, Match, Switch } from "solid-js";
import { FamilyHome } from "../features/family/family-home.tsx";
import { StudentDirectory } from "../features/students/directory.tsx";
import { StudentPage } from "../features/students/student-page.tsx";
import { matchPath } from "../primitives/addresses.ts";
import { useRouter } from "../primitives/router.tsx";
import { ButtonLink } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ScreenTitle } from "../ui/screen-title.tsx";
import { usePlaces } from "./places.ts";
import { useViewer } from "./viewer.ts";
import { appWords, roleName } from "./words.ts";

/** The screen for the address. */
export function Screens(): JSX.Element {
  const router = useRouter();
  const student = createMemo(() => matchPath("/students/:id", router.path())?.["id"] ?? null);
  // The focus must not be lost with the screen that goes; the new screen's title takes it over.
  createEffect((earlier: string | undefined) => {
    const path = router.path();
    if (earlier !== undefined && earlier !== path && router.moved() && (document.activeElement === document.body || document.activeElement === null)) document.getElementById("main")?.focus({ preventScroll: true });
    return path;
  });
  return (
    <Switch fallback={<NoScreen />}>
      <Match when={router.path() === "/"}>
        <Start />
      </Match>
      <Match when={router.path() === "/students"}>
        <StudentDirectory />
      </Match>
      <Match when={student()} keyed>
        {(id) => <StudentPage id={id} />}
      </Match>
      <Match when={router.path() === "/family"}>
        <FamilyHome />
      </Match>
    </Switch>
  );
}

/** Leads to what the caller's roles are for. */
function Start(): JSX.Element {
  const router = useRouter();
  const viewer = useViewer();
  const places = usePlaces();
  createEffect(() => {
    if (viewer().seesDirectory) router.navigate(places.keep("/students"), { replace: true });
    else if (viewer().seesFamily) router.navigate("/family", { replace: true });
  });
  return <NothingOpen />;
}

export function NothingOpen(): JSX.Element {
  const viewer = useViewer();
  return (
    <>
      <ScreenTitle window={appWords().toStart} class="sr-only">
        {appWords().nothingOpenTitle}
      </ScreenTitle>
      <div class="bg-sheet border border-line rounded-xl">
        <EmptyState icon="lock" title={appWords().nothingOpenTitle}>
          <p>{appWords().nothingOpenText}</p>
          <p class="mt-3">
            {appWords().roles}: <strong class="text-ink">{viewer().roles.map(roleName).join(", ") || appWords().noRoles}</strong>
          </p>
          <p class="mt-3">{appWords().nothingOpenHelp}</p>
        </EmptyState>
      </div>
    </>
  );
}

function NoScreen(): JSX.Element {
  return (
    <>
      <ScreenTitle window={appWords().noScreen} class="sr-only">
        {appWords().noScreen}
      </ScreenTitle>
      <div class="bg-sheet border border-line rounded-xl">
        <EmptyState icon="question" title={appWords().noScreen} action={<ButtonLink href="/" look="primary">{appWords().toStart}</ButtonLink>}>
          {appWords().noScreenText}
        </EmptyState>
      </div>
    </>
  );
}
