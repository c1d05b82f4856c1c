import type { IncomingMessage } from "node:http";
import { GraphQLError } from "graphql";

/** Where people put tokens that belong into a header. An address is kept by histories, proxies and logs. */
const tokenNames = ["access_token", "id_token", "refresh_token", "token", "authorization"];
/** One of these with a GET: a page of a foreign origin cannot send a header without asking first. */
const preflightHeaders = ["apollo-require-preflight", "x-apollo-operation-name"];

/**
 * Refuses what is sent in a way that no operation is, before its body is read: another method, a token in the address, a content type
 * that a form of a foreign page can have, a packed body, a GET that an image of a foreign page can cause.
 * @throws GraphQLError VALIDATION_FAILED with status 400, 405 or 415.
 */
export function refuseWayOfSending({ method, headers }: IncomingMessage, search: string): void {
  const parameters = new URLSearchParams(search);
  const token = tokenNames.find((name) => parameters.has(name));
  if (token !== undefined) throw refused(400, `A token does not belong into an address (${token}), where histories and logs keep it. Send it in the Authorization header, and end the sign-in that it is from.`);
  if (method === "GET") {
    if (preflightHeaders.every((name) => headers[name] === undefined)) throw refused(400, "Send the header apollo-require-preflight with a GET: foreign pages cannot. Or send the operation by POST.");
    return;
  }
  if (method !== "POST") throw refused(405, `${method} is no way to send an operation. Send it by POST as JSON, or a query by GET.`, "GET, POST");
  if (!/^application\/(graphql\+)?json\s*(;|$)/i.test(headers["content-type"] ?? "")) throw refused(415, "Send the operation as JSON: content-type application/json.");
  const encoding = headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity") throw refused(415, `A body with content-encoding ${encoding.slice(0, 20)} is not read here. Send it as it is.`);
}

/**
 * Refuses a mutation in an address: it would be made again by whoever opens the address again.
 * @throws GraphQLError VALIDATION_FAILED with status 405.
 */
export function refuseWriteByAddress(kind: string | undefined): void {
  if (kind === "mutation") throw refused(405, "A mutation is not accepted by GET. Send it by POST.", "POST");
}

function refused(status: number, message: string, allow?: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "VALIDATION_FAILED", http: { status, ...(allow === undefined ? {} : { headers: new Map([["allow", allow]]) }) } } });
}
