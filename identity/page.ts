import type { ServerResponse } from "node:http";
import { createHash } from "node:crypto";
import { html, type Html } from "./html.ts";
import { stylesheet } from "./stylesheet.ts";

const fingerprint = createHash("sha256").update(stylesheet).digest("base64url").slice(0, 12);

/** Path of the stylesheet below the realm's; it changes with its content, so it may be cached for ever. */
export const stylesheetPath = `/resources/${fingerprint}/sign-in.css`;

const mark = html`<svg class="mark" viewBox="0 0 40 40" aria-hidden="true" focusable="false"><rect width="40" height="40" rx="10"/><path d="M9 17 20 11l11 6-11 6z"/><path d="M13 20.5V27c2 2 4.4 3 7 3s5-1 7-3v-6.5l-7 3.800z"/></svg>`;

/** A whole page. `base` is the realm's path. */
export function page(base: string, title: string, main: Html, width: "narrow" | "wide" = "narrow"): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${base}${stylesheetPath}">
</head>
<body>
<div class="sheet ${width}">
<header>${mark}<p><strong>OSSS</strong><span>Open Source School Software</span></p></header>
<main>${main}</main>
</div>
</body>
</html>
`;
}

/** A page of one message and one way on. */
export function messagePage(base: string, message: { title: string; text: string; detail?: string; link: { href: string; label: string } }): Html {
  return page(
    base,
    `${message.title} - OSSS`,
    html`<h1>${message.title}</h1>
<p>${message.text}</p>
${message.detail ? html`<p class="detail">${message.detail}</p>` : null}
<p><a class="button primary" href="${message.link.href}">${message.link.label}</a></p>`,
  );
}

/**
 * Headers of every page: no script at all, nothing from elsewhere, no framing, no caching. `formTargets` are origins that a
 * form's answer may redirect to: browsers hold form-action against the redirects of a form as well.
 */
export function pageHeaders(formTargets: readonly string[] = []): Record<string, string> {
  return {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": [
      "default-src 'none'",
      "style-src 'self'",
      "img-src data:",
      `form-action ${["'self'", ...formTargets].join(" ")}`,
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join("; "),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
  };
}

/** Sends a page that is complete in one go. */
export function sendPage(response: ServerResponse, status: number, body: Html, options: { formTargets?: readonly string[]; headers?: Record<string, string> } = {}): void {
  response.writeHead(status, { ...pageHeaders(options.formTargets), ...options.headers });
  response.end(response.req.method === "HEAD" ? undefined : body.text);
}
