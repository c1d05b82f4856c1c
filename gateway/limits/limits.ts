import { type DocumentNode, GraphQLError, parse } from "graphql";
import { BoundedCache } from "#foundation/serving/bounded-cache";
import { aliasesIn } from "./aliases.ts";
import { depthOf } from "./depth.ts";
import { directivesIn } from "./directives.ts";
import { rootFieldsIn } from "./root-fields.ts";
import { selectionsIn } from "./selections.ts";

/** What one request may be. The defaults leave room for every screen of the client and for the explorer's introspection. */
export interface Limits {
  /** Bytes of a request's body. */
  readonly bodyBytes: number;
  /** Lexical tokens of a document. */
  readonly tokens: number;
  /** Levels of fields, fragments followed. */
  readonly depth: number;
  /** Aliased fields, each fragment counted as often as it is spread. */
  readonly aliases: number;
  /** Directives of a document. */
  readonly directives: number;
  /** Root fields of one operation. */
  readonly rootFields: number;
  /** Fields and fragments in all, each fragment counted as often as it is spread. */
  readonly selections: number;
  /** Milliseconds until a request is given up. What it writes is committed or rolled back all the same. */
  readonly timeoutMs: number;
}

export const defaultLimits: Limits = {
  bodyBytes: 1024 * 1024,
  tokens: 8_000,
  depth: 20,
  aliases: 100,
  directives: 200,
  rootFields: 40,
  selections: 6_000,
  timeoutMs: 60_000,
};

/** A request that is larger than a limit. Nothing of it was run. */
export function limitExceeded(what: string, found: number | null, limit: number, advice: string): GraphQLError {
  const measured = found === null ? `more than ${limit}` : `${found}`;
  return new GraphQLError(`This request has ${measured} ${what}; at most ${limit} are accepted. ${advice}`, {
    extensions: { code: "LIMIT_EXCEEDED", limit, http: { status: 400 } },
  });
}

/** Measures documents before they are validated, since validating a hostile one is the expensive part. */
export class DocumentLimits {
  readonly #limits: Limits;
  readonly #passed = new BoundedCache<string, true>(4_000);

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /**
   * @returns the first limit that the document exceeds, or null. A document that does not parse is null as well: its
   * syntax error is for the parser to tell.
   */
  exceededBy(text: string): GraphQLError | null {
    if (this.#passed.get(text)) return null;
    let document: DocumentNode;
    try {
      document = parse(text, { maxTokens: this.#limits.tokens, noLocation: true });
    } catch (error) {
      return (error as Error).message.includes("Document contains more that")
        ? limitExceeded("tokens", null, this.#limits.tokens, "Split it into several requests.")
        : null;
    }
    const exceeded = this.#measure(document);
    if (exceeded === null) this.#passed.set(text, true);
    return exceeded;
  }

  #measure(document: DocumentNode): GraphQLError | null {
    const { depth, aliases, directives, rootFields, selections } = this.#limits;
    const counts: [string, number, number, string][] = [
      ["selections", selectionsIn(document), selections, "Select fewer fields, or split it into several requests."],
      ["directives", directivesIn(document), directives, "Use fewer @skip and @include."],
      ["root fields", rootFieldsIn(document), rootFields, "Split it into several requests."],
      ["aliases", aliasesIn(document), aliases, "Ask for a list with a filter instead of many single records."],
      ["levels", depthOf(document), depth, "Select fewer levels of records within records."],
    ];
    for (const [what, found, limit, advice] of counts) if (found > limit) return limitExceeded(what, Number.isFinite(found) ? found : null, limit, advice);
    return null;
  }
}
