/** The explorer's behaviour, as it runs in the browser. */
export const script = `
"use strict";
const byId = (id) => document.getElementById(id);
const query = byId("query"), variables = byId("variables"), headers = byId("headers"), reply = byId("reply"), timing = byId("timing"), who = byId("who");
for (const field of [query, variables]) {
  const kept = sessionStorage.getItem("explorer." + field.id);
  if (kept) field.value = kept;
  field.addEventListener("input", () => sessionStorage.setItem("explorer." + field.id, field.value));
}

/** The token of a sign-in on the start page, where this browser tab has one. */
function storedToken() {
  for (const store of [sessionStorage, localStorage]) {
    for (let index = 0; index < store.length; index++) {
      const key = store.key(index);
      if (!key.startsWith("oidc.user:")) continue;
      try {
        const user = JSON.parse(store.getItem(key));
        if (user.access_token && user.expires_at * 1000 > Date.now()) return user.access_token;
      } catch {}
    }
  }
  return null;
}

function readJson(field, name) {
  if (field.value.trim() === "") return {};
  try {
    const value = JSON.parse(field.value);
    if (value && typeof value === "object" && !Array.isArray(value)) return value;
  } catch {}
  throw new Error(name + " must be a JSON object, such as {\\"id\\": \\"1\\"}.");
}

async function send(body) {
  const own = readJson(headers, "Headers");
  const sent = { "content-type": "application/json", accept: "application/json" };
  for (const [name, value] of Object.entries(own)) sent[name.toLowerCase()] = String(value);
  if (/^bearer\\s*$/i.test(sent.authorization ?? "bearer")) {
    const token = storedToken();
    if (token) sent.authorization = "Bearer " + token;
    else delete sent.authorization;
  }
  who.textContent = sent.authorization ? "Sending a token" : "Not signed in";
  const response = await fetch("/graphql", { method: "POST", headers: sent, body: JSON.stringify(body) });
  return response.json();
}

byId("editor").addEventListener("submit", async (event) => {
  event.preventDefault();
  const started = performance.now();
  timing.textContent = "";
  reply.textContent = "Running…";
  try {
    const answer = await send({ query: query.value, variables: readJson(variables, "Variables") });
    reply.textContent = JSON.stringify(answer, null, 2);
    timing.textContent = "(" + Math.round(performance.now() - started) + " ms)";
  } catch (error) {
    reply.textContent = error.message;
  }
});
byId("editor").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    byId("editor").requestSubmit();
  }
});

const introspection = "{ __schema { types { kind name description fields(includeDeprecated: true) { name description args { name type { ...T } } type { ...T } } inputFields { name description type { ...T } } enumValues { name description } possibleTypes { name } } } } fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";
const typeText = (type) => type.kind === "NON_NULL" ? typeText(type.ofType) + "!" : type.kind === "LIST" ? "[" + typeText(type.ofType) + "]" : type.name;
const make = (name, text) => { const element = document.createElement(name); element.textContent = text; return element; };
let types = [];

function show() {
  const wanted = byId("filter").value.trim().toLowerCase();
  const matches = types.filter((type) => !wanted || type.text.includes(wanted)).slice(0, 100);
  byId("schema").replaceChildren(...matches.map(({ type }) => {
    const details = document.createElement("details");
    details.append(make("summary", type.name));
    details.addEventListener("toggle", () => { if (details.open && details.childElementCount === 1) details.append(describe(type)); });
    return details;
  }));
  byId("schema-status").textContent = types.length === 0 ? "" : matches.length + " of " + types.length + " types";
}

function describe(type) {
  const list = document.createElement("dl");
  if (type.description) list.append(make("dd", type.description));
  for (const field of type.fields ?? type.inputFields ?? []) {
    const args = field.args?.length ? "(" + field.args.map((arg) => arg.name + ": " + typeText(arg.type)).join(", ") + ")" : "";
    list.append(make("dt", field.name + args + ": " + typeText(field.type)), make("dd", field.description ?? ""));
  }
  for (const value of type.enumValues ?? []) list.append(make("dt", value.name), make("dd", value.description ?? ""));
  for (const member of type.fields ? [] : type.possibleTypes ?? []) list.append(make("dt", member.name));
  return list;
}

byId("load-schema").addEventListener("click", async () => {
  byId("schema-status").textContent = "Loading…";
  try {
    const answer = await send({ query: introspection });
    if (!answer.data) throw new Error(answer.errors?.[0]?.message ?? "The schema could not be read.");
    types = answer.data.__schema.types
      .filter((type) => !type.name.startsWith("__"))
      .map((type) => ({ type, text: [type.name, ...(type.fields ?? type.inputFields ?? []).map((field) => field.name)].join(" ").toLowerCase() }));
    show();
  } catch (error) {
    types = [];
    show();
    byId("schema-status").textContent = error.message;
  }
});
byId("filter").addEventListener("input", show);
who.textContent = storedToken() ? "Signed in on the start page" : "Not signed in";
`;
