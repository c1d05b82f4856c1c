import "reflect-metadata";
import { Kind, parse, print, visit } from "graphql";
import { policiesOf, RelationIndex } from "#foundation/access/policies";
import { loadManifest } from "#foundation/federation/load-manifest";
import { columnsOf, type RecordMeta } from "#foundation/record/metadata";
import { subgraphSdl } from "../../../schema/files.ts";
import { allManifests } from "../../registry.ts";
import { UsageError, type CommandIo } from "../command.ts";

export const name = "explain";
export const summary = "show what a record is: table, graph type, rules, row policies";
export const usage = `osss explain <Entity>

  <Entity>   a record of the graph, e.g. Student

  Example: osss explain StudentContact`;

/** Prints what follows from one record class. Needs no database. */
export async function run(args: string[], io: CommandIo): Promise<number> {
  const wanted = args[0];
  const manifests = (await allManifests()).map(loadManifest);
  const metas = manifests.flatMap((m) => m.metas);
  const meta = metas.find((m) => m.name.toLowerCase() === wanted?.toLowerCase());
  if (!meta) throw new UsageError(`${wanted ? `There is no record ${wanted}. ` : ""}Name one of: ${metas.map((m) => m.name).sort().join(", ")}.`);
  const relations = new RelationIndex(manifests.flatMap((m) => m.relations));
  const heading = (text: string) => io.print(`\n${text}\n${"-".repeat(text.length)}`);
  io.print(`${meta.name}: ${meta.description}`);
  io.print(`Subgraph ${meta.domain}; callers may ${["read", ...meta.writes].join(", ")}${meta.auditReads ? "; every read is audited" : ""}.`);
  heading(`Table ${meta.schema}.${meta.table}`);
  for (const column of columnsOf(meta)) io.print(`  ${column.column.padEnd(34)} ${column.kind}${column.optional ? ", optional" : ""}`);
  for (const constraint of meta.constraints) io.print(`  ${constraint.kind.padEnd(8)} ${constraint.name}: ${constraint.expression ?? constraint.fields.join(", ")}${constraint.where ? ` where ${constraint.where}` : ""}`);
  heading("Access");
  for (const line of accessLines(meta)) io.print(`  ${line}`);
  heading("Row policies");
  const policies = policiesOf(meta, relations);
  io.print(`  read (mixed)  ${policies.mixedRead ?? "nobody"}`);
  io.print(`  read (point)  ${policies.pointRead ?? "nobody"}`);
  io.print(`  read (wide)   ${policies.wideRead ?? "nobody"}`);
  io.print(`  write         ${policies.write ?? "nobody"}`);
  heading("Graph");
  io.print(typeSdl(meta));
  return 0;
}

function accessLines(meta: RecordMeta): string[] {
  return meta.access.grants.map((g) => `${g.verb.padEnd(5)} ${g.role.padEnd(20)} ${g.relation.description}${g.together ? ", by all of the row's stamps together" : ""}${g.unless ? `, unless ${g.unless}` : ""}${g.notSelf ? `, never about the caller (${g.notSelf})` : ""}`);
}

function typeSdl(meta: RecordMeta): string {
  const document = parse(subgraphSdl(meta.domain));
  const kept = document.definitions.filter((d) => d.kind === Kind.OBJECT_TYPE_DEFINITION && d.name.value === meta.name);
  return kept.map((d) => print(visit(d, { StringValue: () => undefined }))).join("\n");
}
