import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sessionVariables } from "#foundation/persistence/session";
import { testPrefix } from "#foundation/testing/test-platform";
import type { RecordMeta } from "#foundation/record/metadata";
import { attackGraph, type AttackGraph } from "./attack-graph.ts";
import { expectedReads } from "./expected-reads.ts";
import { personaNames } from "./personas.ts";
import { namesOf, universeOf, type Universe } from "./reach.ts";
import { difference, expectedOf } from "./read-table.ts";
import { morning } from "./world.ts";

/** The database's row rules themselves, without a subgraph before them: by whichever role they are asked. */
let graph: AttackGraph;
let universe: Universe;
let byDomain: Map<string, RecordMeta[]>;

beforeAll(async () => {
  graph = await attackGraph();
  universe = await universeOf(graph);
  byDomain = Map.groupBy(graph.metas.values(), (meta) => meta.domain);
});
afterAll(async () => {
  await graph?.[Symbol.asyncDispose]();
});

interface Seen { type: string; id: string }

describe("the table of reads", () => {
  it("knows rows of every type in both districts, every persona, and no other type", () => {
    const onlyInA = new Set([
      "Organization", "RotationDay", "BellSchedule", "BellPeriod", "Room", "ExternalIdentifier", "RosterPolicy", "CourseLevel", "SectionTerm", "MeetingPattern", "MeetingDerivation", "Substitute", "SubstituteAssignment", "Position",
      "PositionAssignment", "AttendancePolicy", "AttendanceLock", "GradingScaleMark", "ScaleUse", "GradingWindow", "TermFormula", "TermFormulaPart", "CommentBankEntry", "MarkComment", "Standard", "StandardMark", "WorkHabit", "WorkHabitMark",
      "GpaPolicy", "GpaPolicyPoint", "GpaPolicyWeight", "HonorRollPolicy", "HonorRollLevel", "RankPolicy", "GraduationPlan", "GraduationRequirement", "StudentGraduationPlan", "IssuedDocument",
      "EnrollmentCode", "NextYearPlacement", "Rollover", "RolloverRow", "StudentMerge", "StudentMergeMove",
      "Import", "ImportRow", "ImportCount", "ImportProblem", "ImportCandidate", "ImportAlert", "ImportSchedule", "SourceDecision", "SourceRecord", "Export", "ExportCount",
    ]);
    const without = (there: (name: string) => boolean, types: string[]) => types.filter((type) => ![...universe.get(type)!.keys()].some(there));
    expect(without((name) => !name.startsWith("b-"), [...universe.keys()])).toEqual([]);
    expect(without((name) => name.startsWith("b-"), [...universe.keys()].filter((type) => !onlyInA.has(type)))).toEqual([]);
    for (const cells of Object.values(expectedReads)) for (const type of Object.keys(cells)) expect(universe.has(type), type).toBe(true);
    expect(new Set(Object.keys(expectedReads))).toEqual(new Set(personaNames));
  });
});

it.each(personaNames)("%s sees the rows of the table, by the reach found once, asked of each row, and by the ids that references are checked with", async (persona) => {
  const login = await graph.platform.database.pool.connect();
  const wrong: string[] = [];
  try {
    await login.query("BEGIN READ ONLY");
    for (const [name, value] of Object.entries(sessionVariables(graph.identity(persona), morning))) await login.query("SELECT set_config($1, $2, true)", [name, value]);
    for (const [domain, metas] of byDomain) {
      const known = new Map(metas.map((meta) => [meta.name, [...universe.get(meta.name)!.values()]]));
      const rows = metas.map((meta) => `SELECT '${meta.name}' AS type, id FROM ${meta.schema}.${meta.table}`).join(" UNION ALL ");
      const visible = metas.map((meta) => `SELECT '${meta.name}' AS type, v AS id FROM access.visible_${meta.domain}_${meta.table}('{${known.get(meta.name)!.join()}}') v`).join(" UNION ALL ");
      for (const [shape, statement] of [["mixed", rows], ["point", rows], ["mixed", visible]] as const) {
        await login.query(`SET LOCAL ROLE ${testPrefix}_${domain}_${shape}`);
        const seen = Map.groupBy((await login.query<Seen>(statement)).rows, (row) => row.type);
        await login.query("RESET ROLE");
        for (const meta of metas) wrong.push(...difference(`${meta.name} by ${statement === visible ? "visible ids" : shape}`, namesOf(universe, meta.name, (seen.get(meta.name) ?? []).map((row) => row.id)), expectedOf(universe, persona, meta.name)));
      }
    }
  } finally {
    await login.query("ROLLBACK");
    login.release();
  }
  expect(wrong).toEqual([]);
});
