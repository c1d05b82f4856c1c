import { type ExecutionResult, GraphQLError } from "graphql";
import type { Identity } from "#foundation/identity/identity";
import { type ClosedSelection, closedErrors } from "./prune.ts";

/** The request header by which a client chooses. */
export const authorizationHeader = "osss-authorization";

/**
 * How a request with selections that the caller's roles close is answered. `filter`: what is open comes, what is closed is null with an
 * error each. `reject`: nothing is run. `dry-run`: nothing is run either, and the reply lists in `extensions.authorization` what would be
 * closed, for those who write a dashboard for other people's roles.
 */
export const authorizationModes = ["filter", "reject", "dry-run"] as const;
export type AuthorizationMode = (typeof authorizationModes)[number];

/** @throws GraphQLError VALIDATION_FAILED for another word. */
export function readAuthorizationMode(header: string | string[] | undefined): AuthorizationMode {
  if (header === undefined) return "filter";
  const mode = authorizationModes.find((each) => each === header);
  if (mode === undefined) throw new GraphQLError(`The header ${authorizationHeader} takes ${authorizationModes.join(", ")}.`, { extensions: { code: "VALIDATION_FAILED", http: { status: 400 } } });
  return mode;
}

/** The whole reply where the mode does not let the operation run; null where it runs. Conditions are taken as if each selection were made. */
export function tell(mode: AuthorizationMode | undefined, closedTo: () => readonly ClosedSelection[], identity: Identity): ExecutionResult | null {
  if (mode === undefined || mode === "filter") return null;
  const closed = closedTo();
  if (mode === "dry-run") return { data: null, extensions: { authorization: { closed: closed.map(({ coordinate, path, conditions }) => ({ coordinate, path: path.join("."), onlyIf: conditions.map(({ on, wanted }) => `${wanted ? "" : "not "}${String(on)}`) })) } } };
  if (closed.length === 0) return null;
  const unconditional = closed.map((each) => ({ ...each, conditions: [] }));
  return { errors: closedErrors(unconditional, {}, identity).map((error) => new GraphQLError(error.message, { extensions: { ...error.extensions, http: { status: identity.subject === null ? 401 : 403 } } })) };
}
