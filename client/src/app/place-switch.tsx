import { createMemo, type JSX, Show } from "solid-js";
import { useRouter } from "../primitives/router.tsx";
import { SelectField } from "../ui/fields.tsx";
import { Icon } from "../ui/icon.tsx";
import { allYears, usePlaces } from "./places.ts";
import { useViewer } from "./viewer.ts";
import { appWords } from "./words.ts";

/** The school and the year to look at, on every screen. On a student's page a choice leads back to the list. */
export function PlaceSwitch(): JSX.Element {
  const viewer = useViewer();
  const router = useRouter();
  const places = usePlaces();
  const only = createMemo(() => (viewer().boundToSchools && viewer().schools.length === 1 ? viewer().schools[0]! : null));
  const target = () => (router.path() === "/students" ? undefined : "/students");
  const choose = (choice: Parameters<typeof places.hrefFor>[0]) => router.navigate(places.hrefFor(choice, target()));
  return (
    <div role="group" aria-label={appWords().place} class="flex items-center gap-2 min-w-0">
      <Show
        when={only()}
        fallback={
          <SelectField
            hiddenLabel
            label={appWords().school}
            value={places.school()?.id ?? ""}
            choices={[{ value: "", label: viewer().boundToSchools ? appWords().allMySchools : appWords().allSchools }, ...viewer().schools.map((school) => ({ value: school.id, label: school.name }))]}
            onChoose={(school) => choose({ school })}
          />
        }
      >
        {(school) => (
          <p class="inline-flex items-center gap-2 min-w-0 text-sm font-medium min-h-10 pr-1">
            <Icon name="school" class="size-4.5 text-soft" />
            <span class="sr-only">{appWords().school}: </span>
            <span class="truncate">{school().name}</span>
          </p>
        )}
      </Show>
      <Show when={viewer().schoolYears.length > 0 && viewer().seesEnrollments}>
        <div class="shrink-0">
          <SelectField
            hiddenLabel
            label={appWords().year}
            value={places.year()?.id ?? allYears}
            choices={[...viewer().schoolYears.map((year) => ({ value: year.id, label: year.name })), { value: allYears, label: appWords().allYears }]}
            onChoose={(year) => choose({ year })}
          />
        </div>
      </Show>
    </div>
  );
}
