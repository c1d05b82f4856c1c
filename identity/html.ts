/** Markup that is safe to send. Only {@link html} makes it, so a string can never pass for it. */
export class Html {
  private constructor(readonly text: string) {}
  static trusted(text: string): Html {
    return new Html(text);
  }
}

type Part = Html | string | number | null | false | readonly Part[];

/** Template tag: everything put in is escaped, for text and for quoted attributes, unless it is markup made by this tag. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return Html.trusted(strings.reduce((text, string, index) => text + render(parts[index - 1] ?? null) + string));
}

function render(part: Part): string {
  if (part === null || part === false) return "";
  if (part instanceof Html) return part.text;
  if (typeof part === "object") return part.map(render).join("");
  return String(part).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}
