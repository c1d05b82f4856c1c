import { columnFor } from "../federation/load-manifest.ts";
import type { Constraint, RecordMeta } from "../record/metadata.ts";
import { isColumn } from "../record/metadata.ts";
import { OsssError } from "./errors.ts";

interface PostgresError {
  code: string;
  constraint?: string;
  table?: string;
  schema?: string;
  column?: string;
  message?: string;
  /** The server's function that raised it: a domain's trigger speaks through `exec_stmt_raise`. */
  routine?: string;
}

function postgresError(error: unknown): PostgresError | null {
  for (let e: unknown = error; e && typeof e === "object"; e = (e as { cause?: unknown; previous?: unknown }).previous ?? (e as { cause?: unknown }).cause) {
    if ("code" in e && typeof e.code === "string" && /^[0-9A-Z]{5}$/.test(e.code)) return e as PostgresError;
  }
  return null;
}

/** Whether the database broke a transaction off for the sake of another one: the same again may well succeed. */
export function isContention(error: unknown): boolean {
  const code = postgresError(error)?.code;
  return code === "40001" || code === "40P01";
}

/** Database errors that a caller can act on, in a caller's words. Everything else is returned as it is and masked later. */
export function translateDatabaseError(error: unknown, metas: readonly RecordMeta[]): unknown {
  if (error instanceof OsssError) return error;
  const pg = postgresError(error);
  if (!pg) return isConnectionError(error) ? OsssError.unavailable() : error;
  const meta = metas.find((m) => m.schema === pg.schema && m.table === pg.table);
  switch (pg.code) {
    case "23505":
    case "23P01": {
      const constraint = meta && constraintOf(meta, pg.constraint);
      return OsssError.conflict(constraint?.message ?? "This conflicts with an existing record.", { fields: constraint?.fields.map((path) => ({ path, message: constraint.message })) ?? [] });
    }
    case "23514": {
      const constraint = meta && constraintOf(meta, pg.constraint);
      const field = meta && [...meta.fields.values()].find((f) => isColumn(f) && pg.constraint?.startsWith(`${meta.table}_${f.column}_`));
      return OsssError.invalid([{ path: field?.name ?? meta?.single ?? "input", message: constraint?.message ?? triggerSentence(pg) ?? "The value is outside what is allowed here." }]);
    }
    case "23503": {
      const agreed = meta && constraintOf(meta, pg.constraint);
      if (agreed) return OsssError.invalid(agreed.fields.slice(1).map((path) => ({ path, message: agreed.message })));
      const field = meta && [...meta.fields.values()].find((f) => isColumn(f) && pg.constraint === `${meta.table}_${f.column}_foreign`.slice(0, 63));
      return OsssError.invalid([{ path: field?.name ?? "input", message: "There is no such record that you may see. Check the id." }]);
    }
    case "42501":
      return OsssError.forbidden("You may not write this record: it is outside the schools, students or persons that your duties reach.");
    case "40001":
    case "40P01":
    case "55P03":
      return OsssError.conflict("Someone else is changing the same records at this moment. Try again.");
    case "08003":
    case "08006":
    case "08P01":                                           // a pooler that has no connection to give
    case "25P02":
    case "57014":
    case "57P01":
    case "57P03":
    case "53300":
      return OsssError.unavailable();
    default:
      return error;
  }
}

/** What a domain's own trigger says was written for people; anything of PostgreSQL's own is not. */
const triggerSentence = (pg: PostgresError): string | undefined => (pg.routine === "exec_stmt_raise" ? pg.message : undefined);

function constraintOf(meta: RecordMeta, name: string | undefined): Constraint | undefined {
  return meta.constraints.find((c) => name?.startsWith(`${c.name.slice(0, 54)}_`) && c.fields.every((f) => columnFor(meta, f)));
}

function isConnectionError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as { code?: unknown }).code;
  return (
    (typeof code === "string" && ["ECONNREFUSED", "ECONNRESET", "EPIPE", "ENOENT", "ETIMEDOUT"].includes(code)) ||
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(error.message)
  );
}
