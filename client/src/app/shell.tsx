import { createSignal, For, type JSX, onCleanup, Show } from "solid-js";
import { useRouter } from "../primitives/router.tsx";
import { initialsOf } from "../features/people/names.ts";
import { Avatar } from "../ui/avatar.tsx";
import { Icon, Mark } from "../ui/icon.tsx";
import { AccountMenu } from "./account-menu.tsx";
import { PlaceSwitch } from "./place-switch.tsx";
import { usePlaces } from "./places.ts";
import type { Session } from "./session.ts";
import { useViewer } from "./viewer.ts";
import { appWords, mainRole, roleName } from "./words.ts";

/** The frame of every screen: who and where one is, and the ways on. */
export function Shell(props: { readonly session: Session; readonly children: JSX.Element }): JSX.Element {
  const viewer = useViewer();
  const router = useRouter();
  const places = usePlaces();
  const ways = () => [
    ...(viewer().seesDirectory ? [{ path: "/students", label: appWords().students }] : []),
    ...(viewer().seesFamily ? [{ path: "/family", label: viewer().roles.includes("parent") ? appWords().family : appWords().ownRecord }] : []),
  ];
  /** A student's page belongs to the list, or to the family of those who have no list. */
  const current = (path: string) => {
    if (router.path() === path) return "page";
    return router.path().startsWith("/students/") && path === (viewer().seesDirectory ? "/students" : "/family") ? "true" : undefined;
  };
  return (
    <div class="min-h-dvh flex flex-col">
      <a href="#main" class="no-print sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:bg-raised focus:text-brand-deep focus:font-semibold focus:px-4 focus:py-2 focus:rounded-lg" onClick={(event) => (event.preventDefault(), document.getElementById("main")?.focus())}>
        {appWords().skip}
      </a>
      <header class="no-print bg-sheet border-b border-line">
        <div class="max-w-7xl mx-auto px-4 sm:px-6 flex flex-wrap items-center gap-x-6 gap-y-2 py-2.5">
          <a href={places.keep("/")} class="flex items-center gap-2.5 min-w-0 max-sm:flex-1 max-sm:basis-0 no-underline text-ink">
            <Mark />
            <span class="min-w-0 leading-tight">
              <span class="block font-semibold truncate">{viewer().district || appWords().name}</span>
              <span class="block text-xs text-soft truncate">{appWords().name}</span>
            </span>
          </a>
          <Show when={ways().length > 0}>
            <nav aria-label={appWords().navigation} class="flex gap-1 max-sm:order-1 max-sm:w-full">
              <For each={ways()}>
                {(way) => (
                  <a href={places.keep(way.path)} aria-current={current(way.path)} class="px-3 py-2 rounded-lg text-sm font-medium text-soft no-underline hover:bg-tint-strong hover:text-ink aria-[current]:text-brand-deep aria-[current]:bg-tint-strong">
                    {way.label}
                  </a>
                )}
              </For>
            </nav>
          </Show>
          <Show when={viewer().seesDirectory}>
            <div class="sm:ml-auto max-sm:order-2 max-sm:w-full">
              <PlaceSwitch />
            </div>
          </Show>
          <button type="button" popovertarget="account-menu" classList={{ "sm:ml-auto": !viewer().seesDirectory }} class="max-sm:ml-auto shrink-0 flex items-center gap-2.5 rounded-lg px-2 py-1 min-h-11 hover:bg-tint-strong text-left">
            <span class="sr-only">{appWords().account}</span>
            <span class="max-lg:sr-only block text-right leading-tight">
              <span class="block text-sm font-medium">{viewer().name}</span>
              <span class="block text-xs text-soft">{roleName(mainRole(viewer().roles) ?? "")}</span>
            </span>
            <Avatar initials={initialsOf(viewer().name)} />
            <Icon name="down" class="size-4 text-soft" />
          </button>
        </div>
        <AccountMenu session={props.session} />
      </header>
      <OfflineBanner />
      <main id="main" tabindex="-1" class="flex-1 w-full max-w-7xl mx-auto px-4 sm:px-6 py-6 sm:py-8 print:p-0">
        {props.children}
      </main>
    </div>
  );
}

function OfflineBanner(): JSX.Element {
  const [online, setOnline] = createSignal(navigator.onLine);
  const follow = () => setOnline(navigator.onLine);
  window.addEventListener("online", follow);
  window.addEventListener("offline", follow);
  onCleanup(() => {
    window.removeEventListener("online", follow);
    window.removeEventListener("offline", follow);
  });
  return (
    <div role="status" class="no-print">
      <Show when={!online()}>
        <p class="bg-note text-note-ink border-b border-note-line text-sm px-6 py-2 flex gap-2 justify-center items-center">
          <Icon name="offline" class="size-4" />
          <span>
            <strong>{appWords().offlineTitle}.</strong> {appWords().offlineText}
          </span>
        </p>
      </Show>
    </div>
  );
}

/** The frame of pages that stand alone. */
export function PlainFrame(props: { readonly children: JSX.Element }): JSX.Element {
  return (
    <div class="min-h-dvh px-5 py-10 sm:py-16">
      <div class="max-w-xl mx-auto">
        <header class="flex items-center gap-3 mb-5 leading-tight">
          <Mark class="size-10" />
          <span>
            <strong class="block text-lg tracking-wide">{appWords().name}</strong>
            <span class="block text-sm text-soft">{appWords().longName}</span>
          </span>
        </header>
        <main id="main" tabindex="-1" class="bg-sheet border border-line rounded-2xl p-7 sm:p-8 shadow-lg shadow-black/5">
          {props.children}
        </main>
      </div>
    </div>
  );
}
