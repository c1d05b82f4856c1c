import { sql } from "kysely";
import type { Call } from "../crud/call.ts";
import { tableOf } from "../crud/read.ts";
import { shapeOfIds } from "../crud/shape.ts";
import { column } from "../crud/where.ts";
import { columnFor } from "../federation/load-manifest.ts";
import type { RecordMeta } from "../record/metadata.ts";
import { relationCall, relationHas } from "./declare-relation.ts";
import { stampsFor } from "./policies.ts";

export interface AccessReason {
  role: string;
  relation: string;
  description: string;
}

/**
 * Why the caller sees a row: the grants of the record that hold for it now. All rows asked for at once are one statement, made of the
 * same functions as the row rules, so that the answer cannot disagree with them.
 */
export async function accessReasonsOf(call: Call, meta: RecordMeta, id: string): Promise<AccessReason[]> {
  const loader = call.loader<AccessReason[]>(`reasons ${meta.name}`, async (ids) => {
    const mine = meta.access.grants.filter((g) => g.verb === "read" && call.identity.roles.includes(g.role));
    if (mine.length === 0) return ids.map(() => []);
    const shape = shapeOfIds(meta, call.identity.roles, ids.length);
    const branches = mine.flatMap((grant, index) => {
      const reaches = stampsFor(meta, call.services.relations, grant).map((stamp) => {
        const reached = sql`(SELECT ${relationCall(grant.relation, stamp, [grant.role])})`;
        if (stamp === null) return reached;
        const about = column("t", columnFor(meta, meta.access.stamps[stamp]!));
        return shape === "point" ? relationHas(grant.relation, stamp, [grant.role], about) : sql`${about} IN ${reached}`;
      });
      const open = grant.unless ? sql`NOT ${column("t", columnFor(meta, grant.unless))}` : sql`true`;
      return (grant.together ? [sql.join(reaches, sql` AND `)] : reaches).map((reach) => sql`SELECT ${index}::int AS grant_index, t.id FROM ${tableOf(meta)} AS t WHERE t.id = ANY (${ids}::uuid[]) AND ${open} AND ${reach}`);
    });
    const { rows } = await call.read((db) => sql<{ grant_index: number; id: string }>`${sql.join(branches, sql` UNION `)}`.execute(db), shape);
    return ids.map((key) =>
      rows
        .filter((r) => r.id === key)
        .map((r) => mine[r.grant_index]!)
        .filter((g, i, all) => all.findIndex((o) => o.role === g.role && o.relation.name === g.relation.name) === i)
        .map((g) => ({ role: g.role, relation: g.relation.name, description: g.relation.description })),
    );
  });
  return loader.load(id);
}
