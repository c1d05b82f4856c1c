import { For, type JSX } from "solid-js";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import type { Session } from "./session.ts";
import { chooseTheme, theme, themes } from "./theme.ts";
import { useViewer } from "./viewer.ts";
import { appWords, roleName } from "./words.ts";

/** Who is signed in, how the screens look, and the way out. */
export function AccountMenu(props: { readonly session: Session }): JSX.Element {
  const viewer = useViewer();
  return (
    <div id="account-menu" popover class="menu no-print w-72 bg-raised text-ink border border-line rounded-xl shadow-xl shadow-black/10 p-4">
      <p class="text-xs text-soft">{appWords().signedInAs}</p>
      <p class="font-semibold wrap-anywhere">{viewer().name}</p>
      <p class="text-sm text-soft wrap-anywhere">{viewer().username}</p>
      <h2 class="text-xs text-soft mt-3 mb-1.5">{appWords().roles}</h2>
      <ul class="flex flex-wrap gap-1.5">
        <For each={viewer().roles} fallback={<li class="text-sm">{appWords().noRoles}</li>}>
          {(role) => (
            <li>
              <Chip>{roleName(role)}</Chip>
            </li>
          )}
        </For>
      </ul>
      <ThemeChoice />
      <div class="mt-4 pt-3 border-t border-line">
        <Button icon="leave" class="w-full" onClick={() => void props.session.signOut()}>
          {appWords().signOut}
        </Button>
      </div>
    </div>
  );
}

function ThemeChoice(): JSX.Element {
  return (
    <fieldset class="mt-4">
      <legend class="text-xs text-soft mb-1.5">{appWords().theme}</legend>
      <div class="grid grid-cols-[1.5fr_1fr_1fr] rounded-lg border border-edge overflow-hidden text-sm text-center">
        <For each={themes}>
          {(choice, index) => (
            <label class="cursor-pointer px-1 py-1.5 has-checked:bg-brand has-checked:text-on-brand has-focus-visible:outline-3 has-focus-visible:-outline-offset-3 has-focus-visible:outline-focus" classList={{ "border-l border-edge": index() > 0 }}>
              <input type="radio" name="theme" class="sr-only" checked={theme() === choice} onChange={() => chooseTheme(choice)} />
              {appWords().themes[choice]}
            </label>
          )}
        </For>
      </div>
    </fieldset>
  );
}
