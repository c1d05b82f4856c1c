/** The explorer's style: system fonts, both colour schemes, contrast of at least 7:1 for text. */
export const style = `
:root { color-scheme: light dark; --ink: #16202b; --paper: #ffffff; --soft: #f0f4f8; --line: #b4c0cc; --accent: #0b4f8a; --on-accent: #ffffff; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eef4; --paper: #11181f; --soft: #1b252f; --line: #4a5a69; --accent: #8cc4f5; --on-accent: #0b1620; } }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
header { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 1.5rem; padding: 0.75rem 1.5rem; border-bottom: 1px solid var(--line); }
h1 { font-size: 1.2rem; margin: 0; }
h2 { font-size: 1rem; margin: 0 0 0.5rem; }
header p { margin: 0 0 0 auto; }
main { display: grid; gap: 1.5rem; padding: 1.5rem; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) minmax(16rem, 0.7fr); align-items: start; }
@media (max-width: 70rem) { main { grid-template-columns: minmax(0, 1fr); } }
label { display: block; font-weight: 600; margin: 0.5rem 0 0.25rem; }
textarea, pre, input { width: 100%; border: 1px solid var(--line); border-radius: 6px; background: var(--soft); color: var(--ink); padding: 0.6rem; font: 14px/1.5 ui-monospace, monospace; }
textarea { resize: vertical; tab-size: 2; }
pre { margin: 0; min-height: 12rem; max-height: 75vh; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
.pair { display: grid; gap: 0 1rem; grid-template-columns: 1fr 1fr; }
.help { font-size: 0.9rem; margin: 0.5rem 0; }
button, .button { display: inline-block; border: 0; border-radius: 6px; padding: 0.5rem 1rem; font: inherit; font-weight: 600; background: var(--accent); color: var(--on-accent); cursor: pointer; text-decoration: none; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
kbd { font: inherit; }
#timing { font-weight: 400; }
#schema { max-height: 60vh; overflow: auto; margin-top: 0.5rem; }
details { border-bottom: 1px solid var(--line); padding: 0.35rem 0; }
summary { cursor: pointer; font: 600 14px ui-monospace, monospace; }
dl { margin: 0.35rem 0 0.35rem 1rem; font-size: 0.9rem; }
dt { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
dd { margin: 0 0 0.5rem 1rem; white-space: pre-line; }
`;
