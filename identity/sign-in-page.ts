import { html, type Html } from "./html.ts";
import { page } from "./page.ts";
import type { Realm, RealmUser } from "./realm.ts";

export interface SignInPageState {
  /** The realm's path, without a final slash. */
  readonly base: string;
  readonly realm: Realm;
  /** What the forms post to. */
  readonly action: string;
  /** Proves that the form came from this page. */
  readonly formToken: string;
  /** What went wrong with the last try, for the person who made it. */
  readonly problem?: string;
  /** Filled in again after a failed try. */
  readonly username?: string;
}

const portalRoles = new Set(["staff", "teacher", "parent", "student", "admin"]);
const districtRoles = new Set(["superintendent", "admin", "data-analyst", "auditor", "finance", "payroll", "human-resources", "board-member", "board-clerk"]);

/** The sign-in page: one button for each demo user, and a form for name and password. Works without script. */
export function signInPage(state: SignInPageState): Html {
  const groups = grouped(state.realm.users.filter((user) => user.enabled));
  return page(
    state.base,
    state.problem ? "Problem: sign in to OSSS" : "Sign in to OSSS",
    html`<h1>Sign in to OSSS</h1>
<p class="lead">Choose who you want to be, or <a href="#username">sign in with a user name</a>.</p>
<p class="note">This is a demonstration: anyone can sign in as anyone here. Keep no real person's records in it.</p>
<div class="columns">
<section aria-labelledby="demo-heading">
<h2 id="demo-heading">Demo users</h2>
${groups.map(
  (group) => html`<h3>${group.title}</h3>
<ul class="people">${group.users.map((user) => html`<li>${personButton(state, user)}</li>`)}</ul>
`,
)}</section>
<section class="account" aria-labelledby="account-heading">
<h2 id="account-heading">User name and password</h2>
${state.problem ? html`<p class="alert" role="alert" id="problem">${state.problem}</p>` : null}
<form method="post" action="${state.action}">
<input type="hidden" name="token" value="${state.formToken}">
<div class="field"><label for="username">User name or e-mail</label>
<input id="username" name="username" value="${state.username ?? ""}" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="200" required${invalid(state)}${state.problem ? null : html` aria-describedby="password-hint"`}></div>
<div class="field"><label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="200" required${invalid(state)}${state.problem ? html` autofocus` : null}>
<p class="hint" id="password-hint">Demo users' names are those of their roles, such as teacher. Their password is demo.</p></div>
<button class="button primary" type="submit">Sign in</button>
</form>
</section>
</div>`,
    "wide",
  );
}

function invalid(state: SignInPageState): Html | null {
  return state.problem ? html` aria-invalid="true" aria-describedby="problem"` : null;
}

function personButton(state: SignInPageState, user: RealmUser): Html {
  const name = `${user.firstName} ${user.lastName}`;
  const note = user.attributes.demoNote?.[0];
  return html`<form method="post" action="${state.action}"><input type="hidden" name="token" value="${state.formToken}"><button class="person" name="demo" value="${user.username}"><span class="initials" aria-hidden="true">${user.firstName.slice(0, 1)}${user.lastName.slice(0, 1)}</span><span><strong>${title(user)}</strong><small>${name}</small>${note ? html`<small>${note}</small>` : null}</span></button></form>`;
}

/** The duty as words, or the portal role of those who have no duty. */
function title(user: RealmUser): string {
  const duties = user.realmRoles.filter((role) => !portalRoles.has(role));
  const portals = user.realmRoles.filter((role) => portalRoles.has(role) && role !== "staff");
  const words = [...duties, ...portals].join(" and ").replaceAll("-", " ") || "staff";
  return user.username === "newcomer" ? "Newcomer" : words[0]!.toUpperCase() + words.slice(1);
}

function grouped(users: readonly RealmUser[]): { title: string; users: RealmUser[] }[] {
  const groups = [
    { title: "District office", users: [] as RealmUser[] },
    { title: "Schools", users: [] as RealmUser[] },
    { title: "Families and students", users: [] as RealmUser[] },
  ] as const;
  for (const user of users) {
    // A registrar is a school's or the district's: the role does not say which.
    const index = user.realmRoles.some((role) => districtRoles.has(role)) || user.username.startsWith("district-") ? 0 : user.realmRoles.includes("staff") ? 1 : 2;
    groups[index].users.push(user);
  }
  return groups.filter((group) => group.users.length > 0);
}
