import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { GraphQLError, parse } from "graphql";

/**
 * How persisted operations are used: `allow` answers operations by their hash and by their text; `safelist` only such as a manifest
 * lists, whether they come by hash or by text.
 */
export type PersistedMode = "allow" | "safelist";

/** A manifest that cannot be used. The message names the file and says what to mend. */
export class UnusableManifest extends Error {
  readonly code = "UNUSABLE_MANIFEST";
}

/** The operations that clients have registered beforehand, by the SHA-256 of their text in hexadecimal. */
export class PersistedOperations {
  readonly mode: PersistedMode;
  readonly #byHash = new Map<string, string>();

  constructor(mode: PersistedMode, manifests: readonly { name: string; content: unknown }[]) {
    this.mode = mode;
    for (const { name, content } of manifests) for (const [hash, text] of entriesOf(name, content)) this.#byHash.set(hash, text);
  }

  get size(): number {
    return this.#byHash.size;
  }

  /**
   * The text of the operation that a request asks for.
   * @throws GraphQLError NOT_FOUND for a hash that no manifest lists; FORBIDDEN, in safelist mode, for a text that none does;
   * VALIDATION_FAILED for a hash beside a text of another.
   */
  textOf({ query, documentId }: { query: string | undefined; documentId: string | undefined }): string | undefined {
    if (documentId !== undefined) {
      const hash = plainHash(documentId);
      if (query !== undefined && sha256(query) !== hash) throw refusal("VALIDATION_FAILED", 400, "The operation's text and its hash do not belong together. Send one of them, or the SHA-256 of this very text.");
      const text = this.#byHash.get(hash);
      if (text !== undefined) return text;
      throw refusal("NOT_FOUND", 404, query === undefined
        ? "No manifest of persisted operations lists this hash. Publish the client's manifest to this server, or send the operation's text."
        : "Operations are not registered by sending them. Publish the client's manifest to this server, or send the text alone.");
    }
    if (query !== undefined && this.mode === "safelist" && !this.#byHash.has(sha256(query))) {
      throw refusal("FORBIDDEN", 403, "This server answers only operations that were registered beforehand. Ask whoever runs it to add your client's manifest.");
    }
    return query;
  }
}

/** Manifests as files: the client's own, and every `.json` of a folder for those of third parties. A missing file is no manifest. */
export function readManifests(files: readonly string[], folder: string | null): { name: string; content: unknown }[] {
  const paths = [...files, ...(folder === null ? [] : readdirSync(folder).filter((name) => name.endsWith(".json")).sort().map((name) => join(folder, name)))];
  return paths.flatMap((path) => {
    let text: string;
    try {
      text = readFileSync(path, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw error;
    }
    try {
      return [{ name: path, content: JSON.parse(text) as unknown }];
    } catch {
      throw new UnusableManifest(`${path} is not JSON. Build the client's manifest again, or take the file out of the folder.`);
    }
  });
}

/** Two forms are read: `{ "<sha256>": "query ..." }`, and Apollo's `{ "operations": [{ "id", "body" }] }`. */
function entriesOf(name: string, content: unknown): [string, string][] {
  const listed = typeof content === "object" && content !== null && "operations" in content ? content.operations : null;
  const pairs = Array.isArray(listed)
    ? listed.map((each: { id?: unknown; body?: unknown }) => [each.id, each.body] as const)
    : typeof content === "object" && content !== null && !Array.isArray(content) ? Object.entries(content) : null;
  if (pairs === null) throw new UnusableManifest(`${name} is no manifest of persisted operations: it must map the SHA-256 of each operation to its text.`);
  return pairs.map(([id, body]) => {
    if (typeof id !== "string" || typeof body !== "string") throw new UnusableManifest(`${name} holds an entry that is not a hash with a text.`);
    const hash = plainHash(id);
    if (sha256(body) !== hash) throw new UnusableManifest(`${name}: the operation under ${id} has another SHA-256. Build the manifest again; it must not be edited by hand.`);
    try {
      parse(body, { noLocation: true });
    } catch (error) {
      throw new UnusableManifest(`${name}: the operation under ${id} does not parse: ${(error as Error).message}`);
    }
    return [hash, body];
  });
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const plainHash = (id: string): string => id.replace(/^sha256:/i, "").toLowerCase();

function refusal(code: string, status: number, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status } } });
}
