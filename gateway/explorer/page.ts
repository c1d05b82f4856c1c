import { createHash } from "node:crypto";
import { script } from "./script.ts";
import { style } from "./style.ts";

const hashOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** The explorer loads nothing from anywhere and may talk to its own address only. */
export const explorerHeaders: Readonly<Record<string, string>> = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": `default-src 'none'; connect-src 'self'; style-src ${hashOf(style)}; script-src ${hashOf(script)}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "cache-control": "no-cache",
};

/** One page to try the graph with: query, variables, headers, reply, and the schema's types as the API describes them. */
export const explorerPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>OSSS graph explorer</title>
<style>${style}</style>
</head>
<body>
<header>
  <h1>OSSS graph explorer</h1>
  <p id="who" role="status">Not signed in</p>
  <a class="button" href="/">Sign in</a>
</header>
<main>
  <form id="editor" aria-label="Operation">
    <label for="query">Query</label>
    <textarea id="query" spellcheck="false" autocomplete="off" rows="16">query Me {
  __typename
}</textarea>
    <div class="pair">
      <div>
        <label for="variables">Variables (JSON)</label>
        <textarea id="variables" spellcheck="false" autocomplete="off" rows="5">{}</textarea>
      </div>
      <div>
        <label for="headers">Headers (JSON)</label>
        <textarea id="headers" spellcheck="false" autocomplete="off" rows="5" aria-describedby="headers-help">{ "authorization": "Bearer " }</textarea>
      </div>
    </div>
    <p id="headers-help" class="help">Sign in on the start page, or put an access token after “Bearer”: <code>npm run osss -- token principal</code> prints one.</p>
    <button type="submit">Run <kbd>Ctrl</kbd>+<kbd>Enter</kbd></button>
  </form>
  <section aria-labelledby="reply-title">
    <h2 id="reply-title">Reply <span id="timing"></span></h2>
    <pre id="reply" tabindex="0" aria-live="polite">Run a query to see its reply.</pre>
  </section>
  <section aria-labelledby="schema-title">
    <h2 id="schema-title">Schema</h2>
    <button type="button" id="load-schema">Load the schema</button>
    <label for="filter">Find a type or field</label>
    <input id="filter" type="search" autocomplete="off">
    <p id="schema-status" role="status"></p>
    <div id="schema"></div>
  </section>
</main>
<script>${script}</script>
</body>
</html>
`;
