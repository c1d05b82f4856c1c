import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { EntityManager } from "@mikro-orm/postgresql";
import { OsssError } from "../errors/errors.ts";
import type { Call } from "./call.ts";

/** A client's key for one write, with the place in its request and a hash of what it asked. */
export interface IdempotentWrite {
  readonly key: string;
  readonly path: string;
  readonly hash: string;
}

/** The key under which a write is claimed; null when the client sent none. */
export function idempotencyOf(call: Pick<Call, "idempotencyKey">, write: { operation: string; path: string; request: unknown }): IdempotentWrite | null {
  if (!call.idempotencyKey) return null;
  return { key: call.idempotencyKey, path: write.path, hash: createHash("sha256").update(JSON.stringify([write.operation, write.request])).digest("hex") };
}

/**
 * Claims the key in the write's own transaction; null when the write is new. Two requests with one key follow one another.
 * @throws OsssError CONFLICT when the key was used for another request.
 */
export async function claim<R>(em: EntityManager, { key, path, hash }: IdempotentWrite): Promise<{ stored: R | null } | null> {
  const { rows } = await sql<{ claimed: boolean; same: boolean; stored: R | null }>`SELECT * FROM journal.claim(${key}, ${path}, ${hash})`.execute(em.getKysely() as never);
  const found = rows[0]!;
  if (found.claimed) return null;
  if (!found.same) throw OsssError.conflict("This Idempotency-Key was used for another request. Use a new key for a new write.");
  return { stored: found.stored };
}

/** Keeps what the write answered, for its replays. */
export async function settle(em: EntityManager, { key, path }: IdempotentWrite, result: unknown): Promise<void> {
  await sql`SELECT journal.settle(${key}, ${path}, ${JSON.stringify(result)}::jsonb)`.execute(em.getKysely() as never);
}
