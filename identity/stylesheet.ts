/** The look of the provider's pages: system fonts, light and dark by the reader's setting, contrast of 4.5 to 1 and more. */
export const stylesheet = `
:root { color-scheme: light dark;
  --ground: #eef2f1; --sheet: #ffffff; --ink: #14201e; --soft: #4a5a57; --line: #d3dddb; --brand: #0b6157; --brand-deep: #084a42; --on-brand: #ffffff;
  --tint: #f3f8f7; --tint-strong: #e2f0ed; --note: #fff6dd; --note-line: #e3c66c; --note-ink: #4d3c05; --bad: #a11d2c; --bad-tint: #fdeef0; --focus: #1557c0; }
@media (prefers-color-scheme: dark) { :root {
  --ground: #0d1514; --sheet: #16211f; --ink: #e9f1ef; --soft: #a9bab6; --line: #31423f; --brand: #57c7b6; --brand-deep: #7edccd; --on-brand: #06231f;
  --tint: #1b2927; --tint-strong: #213835; --note: #2c2610; --note-line: #6d5a1b; --note-ink: #f2e2b0; --bad: #ff9aa5; --bad-tint: #331a1e; --focus: #8ab8ff; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Open Sans", sans-serif; }
.sheet { margin: 0 auto; padding: 2rem 1.25rem 3rem; max-width: 30rem; }
.sheet.wide { max-width: 66rem; }
header { display: flex; align-items: center; gap: .75rem; margin-bottom: 1.25rem; }
header p { margin: 0; line-height: 1.2; }
header strong { display: block; font-size: 1.125rem; letter-spacing: .04em; }
header span { color: var(--soft); font-size: .875rem; }
.mark { width: 2.5rem; height: 2.5rem; flex: none; }
.mark rect { fill: var(--brand); } .mark path { fill: var(--on-brand); } .mark path + path { opacity: .75; }
main { background: var(--sheet); border: 1px solid var(--line); border-radius: 16px; padding: 1.75rem; box-shadow: 0 12px 32px -20px rgb(0 30 26 / .35); }
h1 { margin: 0 0 .25rem; font-size: 1.5rem; line-height: 1.25; letter-spacing: -.01em; }
h2 { margin: 0 0 .75rem; font-size: 1.0625rem; }
h3 { margin: 1.5rem 0 .5rem; font-size: .875rem; color: var(--soft); font-weight: 600; }
a { color: var(--brand-deep); }
p { margin: 0 0 1rem; } .lead { color: var(--soft); margin-bottom: 1.25rem; }
.note { background: var(--note); border: 1px solid var(--note-line); color: var(--note-ink); border-radius: 10px; padding: .625rem .875rem; font-size: .9375rem; }
.columns { display: grid; gap: 2rem; margin-top: 1.5rem; }
@media (min-width: 54rem) { .columns { grid-template-columns: minmax(0, 1fr) 19rem; gap: 2.5rem; } .columns > .account { border-left: 1px solid var(--line); padding-left: 2.5rem; } }
.people { list-style: none; margin: 0; padding: 0; display: grid; gap: .5rem; grid-template-columns: repeat(auto-fill, minmax(15.5rem, 1fr)); }
.people form { height: 100%; }
.person { display: flex; gap: .75rem; align-items: center; width: 100%; height: 100%; min-height: 3.75rem; padding: .5rem .75rem; text-align: left; font: inherit; color: inherit; background: var(--tint); border: 1px solid var(--line); border-radius: 10px; cursor: pointer; }
.person:hover { background: var(--tint-strong); border-color: var(--brand); }
.initials { flex: none; display: grid; place-items: center; width: 2.25rem; height: 2.25rem; border-radius: 50%; background: var(--brand); color: var(--on-brand); font-size: .8125rem; font-weight: 600; }
.person span { min-width: 0; } .person strong, .person small { display: block; overflow-wrap: anywhere; line-height: 1.3; } .person strong { font-weight: 600; } .person small { color: var(--soft); font-size: .8125rem; }
label { display: block; font-weight: 600; font-size: .9375rem; margin-bottom: .25rem; }
input { width: 100%; font: inherit; color: inherit; background: var(--sheet); border: 1px solid var(--soft); border-radius: 8px; padding: .5625rem .75rem; min-height: 2.75rem; }
input[aria-invalid="true"] { border-color: var(--bad); border-width: 2px; }
.field { margin-bottom: 1rem; } .hint { color: var(--soft); font-size: .875rem; margin: .25rem 0 0; }
.button { display: inline-block; font: inherit; font-weight: 600; text-decoration: none; border-radius: 8px; padding: .5625rem 1.125rem; min-height: 2.75rem; border: 1px solid var(--brand); color: var(--brand-deep); background: transparent; cursor: pointer; }
.button.primary { background: var(--brand); color: var(--on-brand); } .button:hover { background: var(--tint-strong); } .button.primary:hover { background: var(--brand-deep); border-color: var(--brand-deep); }
.account .button { width: 100%; } .actions { display: flex; flex-wrap: wrap; gap: .75rem; } .actions form { margin: 0; }
.alert { background: var(--bad-tint); border: 1px solid var(--bad); color: var(--bad); border-radius: 10px; padding: .625rem .875rem; font-weight: 600; }
.detail { color: var(--soft); font-size: .875rem; overflow-wrap: anywhere; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
@media (forced-colors: active) { .person, .button, input { border: 1px solid ButtonText; } }
`;
