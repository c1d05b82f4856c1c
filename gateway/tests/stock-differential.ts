import { isDeepStrictEqual } from "node:util";
import { type ExecutionResult, type FragmentDefinitionNode, type OperationDefinitionNode, parse, validate } from "graphql";
import type { Identity } from "#foundation/identity/identity";
import type { OperationParts } from "../authorization/prune.ts";
import type { DataSource } from "../data-sources/data-source.ts";
import { runStock } from "../executor/stock-executor.ts";
import { plannable, withoutConstants } from "../executor/plannable.ts";
import { SupergraphGateway } from "../supergraph-gateway.ts";
import { fakeSubgraph } from "./fake-subgraph.ts";
import type { RandomOperation } from "./random-operations.ts";

/**
 * Compares the whole way of an operation through this gateway with the stock executor's, over subgraphs that answer
 * anything. The stock executor runs its own plan, with the client's literals in it. Intended differences:
 * - equal representations are sent once;
 * - what breaks a promise of the schema, where no error explains it, is an error of the reply;
 * - a subgraph that knows an interface as an object only (`@interfaceObject`) answers with the interface's name. The stock
 *   executor forgets the object's type over it and answers null for what needs it; this one keeps the type;
 * - a client's field under the response key of one that a `@requires` needs with other arguments: the stock executor answers
 *   both with one of them. Such keys are left out of the comparison; executor.test.ts has their values.
 */
export class StockDifferential {
  readonly gateway: SupergraphGateway;
  /** What the runs met, so that a test can tell that they met something. */
  readonly met = { errors: 0, nulls: 0, sent: 0, sentByStock: 0, fuller: 0 };
  readonly #answer: (name: string, request: { document: string; variables?: Record<string, unknown> }) => Promise<ExecutionResult>;
  readonly #identity: Identity;
  readonly #interfaces: ReadonlySet<string>;
  #salt = "";
  #interfaceNamed = false;

  constructor(supergraphSdl: string, subgraphs: ReadonlyMap<string, string>, identity: Identity, kinds?: Readonly<Record<string, readonly string[]>>) {
    this.#interfaces = new Set(Object.keys(kinds ?? {}));
    const namesAnInterface = (data: ExecutionResult["data"]) => ((data?.["_entities"] ?? []) as ({ __typename?: string } | null)[]).some((entity) => this.#interfaces.has(entity?.__typename ?? ""));
    const fakes = new Map([...subgraphs].map(([name, sdl]) => [name, fakeSubgraph(sdl, kinds)]));
    this.#identity = identity;
    this.#answer = async (name, { document, variables }) => {
      const { data, errors } = await fakes.get(name)!(document, variables ?? {}, this.#salt);
      this.#interfaceNamed ||= namesAnInterface(data);
      return { data, ...(errors ? { errors } : {}) };
    };
    const dataSourceFor = (name: string): DataSource => ({
      execute: async (request) => {
        this.met.sent += representationsIn(request.variables);
        return this.#answer(name, request);
      },
    });
    this.gateway = new SupergraphGateway({ supergraphSdl, dataSourceFor });
  }

  /**
   * @param samePlan spares the time of planning twice: the stock executor gets this gateway's plan, without literals.
   * @returns what differs between the two replies, or null.
   */
  async difference({ text, variables }: RandomOperation, salt: string, samePlan = false): Promise<string | null> {
    this.#salt = salt;
    this.#interfaceNamed = false;
    const { supergraph, preparer } = this.gateway;
    const document = parse(text);
    const problems = validate(supergraph.apiSchema, document);
    if (problems.length > 0) return `The generated operation is not valid: ${String(problems[0])}`;
    const known = preparer.known(text, document, null);
    const ours = await this.gateway.execute(known, variables, { identity: this.#identity, requestId: "r" });
    const parts = partsOf(text);
    const plan = samePlan ? preparer.planned(known, this.#identity).plan : supergraph.plan(plannable(withoutConstants(parts)));
    const sent = { ...variables, ...(samePlan ? known.literals : {}) };
    const call = async (name: string, request: { document: string; variables: Record<string, unknown> }) => {
      this.met.sentByStock += representationsIn(request.variables);
      return (await this.#answer(name, request)) as Awaited<ReturnType<DataSource["execute"]>>;
    };
    const stock = await runStock(supergraph, plan, parts, { variables: sent, coerced: variables, hidden: new WeakSet(), call });
    if (ours.errors) this.met.errors++;
    if (JSON.stringify(ours.data).includes("null")) this.met.nulls++;
    const confused = new Set([...known.template.normalised.matchAll(/\bosss_(\w+):/g)].map(([, key]) => key!));
    const [given, expected] = [plain(ours, confused), plain(stock, confused)];
    if (isDeepStrictEqual(given, expected)) return null;
    if (this.#interfaceNamed && isDeepStrictEqual(given.errors, expected.errors) && holds(given.data, expected.data)) {
      this.met.fuller++;
      return null;
    }
    return `${text}\n${JSON.stringify(variables)}\nThis gateway: ${JSON.stringify(given)}\nThe stock executor: ${JSON.stringify(expected)}`;
  }
}

/** Messages of broken promises: the stock executor puts them aside, in extensions that servers do not show. */
const promises: ReadonlySet<string> = new Set(["A value that may not be null is missing.", "The type of an object is not known.", "A value does not fit the type that the graph promises for it."]);

/** Data and messages, whatever their order: fields asked with and without directives stand elsewhere in the stock executor's replies. */
function plain({ data, errors = [] }: ExecutionResult, without: ReadonlySet<string>): { data: unknown; errors: string[] } {
  const messages = errors.map(({ message }) => message).filter((message) => !promises.has(message));
  return { data: JSON.parse(JSON.stringify(data ?? null), (key, value: unknown) => (without.has(key) ? undefined : value)) as unknown, errors: messages.sort() };
}

/** Whether one reply says all that the other does: it may have more where the other has null or nothing. */
function holds(more: unknown, less: unknown): boolean {
  if (less === null || less === undefined || Object.is(more, less)) return true;
  if (typeof more !== "object" || more === null || typeof less !== "object" || Array.isArray(more) !== Array.isArray(less)) return false;
  if (Array.isArray(more)) return more.length === (less as unknown[]).length && more.every((item, index) => holds(item, (less as unknown[])[index]));
  return Object.entries(less).every(([key, value]) => holds((more as Record<string, unknown>)[key], value));
}

function representationsIn(variables: Record<string, unknown> | undefined): number {
  return (variables?.["representations"] as unknown[] | undefined)?.length ?? 0;
}

function partsOf(text: string): OperationParts {
  const [operation, ...fragments] = parse(text).definitions as [OperationDefinitionNode, ...FragmentDefinitionNode[]];
  return { operation, fragments: Object.fromEntries(fragments.map((each) => [each.name.value, each])) };
}
