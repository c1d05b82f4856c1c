import { isEnumType, isInputObjectType, isInterfaceType, isObjectType, isSpecifiedScalarType, isTypeDefinitionNode, Kind, parse, print, type GraphQLSchema } from "graphql";
import { describe, expect, it } from "vitest";
import { readRoleRules } from "#foundation/access/has-role";
import { rolesFor } from "#foundation/access/access";
import { loadManifest } from "#foundation/federation/load-manifest";
import { printSubgraph } from "#foundation/federation/sdl";
import { isScalar } from "#foundation/record/metadata";
import { subgraphSchema } from "#foundation/serving/subgraph-service";
import { trialAttendance } from "#foundation/testing/test-domain/attendance/subgraph";
import { allManifests } from "../registry.ts";

const manifests = await allManifests();
const federation = /^(_Any|_Entity|_Service|_?FieldSet|federation__.*|link__.*|Query|Mutation|__.*)$/;

/** Every coordinate of a schema that says nothing of itself. Key-only stand-ins are described by their owner. */
function undescribed(schema: GraphQLSchema): string[] {
  const missing: string[] = [];
  const need = (coordinate: string, description: string | null | undefined) => {
    if (!description || description.trim().length < 4 || /^\s|undefined/.test(description)) missing.push(coordinate);
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (isSpecifiedScalarType(type) || (federation.test(type.name) && !["Query", "Mutation", "Subscription"].includes(type.name))) continue;
    const standIn = type.astNode && "directives" in type.astNode && type.astNode.directives?.some((d) => d.name.value === "key" && d.arguments?.some((a) => a.name.value === "resolvable"));
    const extended = isObjectType(type) && !type.description && Object.keys(type.getFields()).includes("id");
    if (!["Query", "Mutation", "Subscription"].includes(type.name) && !standIn && !extended) need(type.name, type.description);
    if (isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) {
        if (field.name.startsWith("_")) continue;
        need(`${type.name}.${field.name}`, field.description);
        for (const argument of field.args) need(`${type.name}.${field.name}(${argument.name}:)`, argument.description);
      }
    }
    if (isInputObjectType(type)) for (const field of Object.values(type.getFields())) need(`${type.name}.${field.name}`, field.description);
    if (isEnumType(type)) for (const value of type.getValues()) need(`${type.name}.${value.name}`, value.description);
  }
  return missing;
}

describe.each([...manifests, trialAttendance].map((m) => [m.name, m] as const))("the schema of %s", (_name, manifest) => {
  const { metas } = loadManifest(manifest);

  it("describes every type, field, argument, input field and value", async () => {
    expect(undescribed(await subgraphSchema(manifest))).toEqual([]);
  });

  it("is the same each time it is printed", async () => {
    expect(await printSubgraph(manifest)).toBe(await printSubgraph(manifest));
  });

  it("has generic mutations only for what may be written without an operation", async () => {
    const schema = await subgraphSchema(manifest);
    const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {});
    for (const meta of metas) {
      const generic = mutations.filter((name) => [`create${meta.name}`, `update${meta.name}`, `archive${meta.name}`, `restore${meta.name}`].includes(name));
      const allowed = meta.companionOf ? [] : meta.writes.flatMap((w) => (w === "archive" ? [`archive${meta.name}`, `restore${meta.name}`] : [`${w}${meta.name}`]));
      expect(generic.sort(), meta.name).toEqual(allowed.sort());
    }
  });

  it("carries on every type of a record the roles of its read grants, and on its mutations those of its write grants", async () => {
    const rules = readRoleRules(await printSubgraph(manifest));
    for (const meta of metas) {
      const readers = rolesFor(meta.access, "read").map((role) => [role]);
      const types = meta.companionOf ? [meta.name] : [meta.name, `${meta.name}Connection`, `${meta.name}Edge`, `${meta.name}Aggregate`];
      for (const type of types) expect(rules.get(type), type).toEqual(readers);
      if (meta.companionOf) continue;
      for (const root of [meta.single, meta.plural]) expect(rules.get(`Query.${root}`), root).toEqual(readers);
      for (const write of meta.writes) expect(rules.get(`Mutation.${write}${meta.name}`), `${write}${meta.name}`).toEqual(rolesFor(meta.access, "write").map((role) => [role]));
    }
  });
});

/** Types that the foundation gives to every subgraph which uses them. */
const ofTheFoundation = /^(Query|Mutation|Subscription|AccessReason|FieldChange|PageInfo|SortDirection|(Id|Text|Flag|Whole|Decimal|Day|Instant|TimeOfDay)Filter|[A-Z]\w+RefFilter)$/;

/** Types that two subgraphs declare under one name though federation does not share them: composition would make one of the two. */
function declaredTwice(subgraphs: readonly { name: string; sdl: string }[]): string[] {
  const found = new Map<string, { by: string[]; text: Set<string>; vocabulary: boolean }>();
  for (const { name, sdl } of subgraphs) {
    for (const definition of parse(sdl).definitions) {
      if (!isTypeDefinitionNode(definition) || ofTheFoundation.test(definition.name.value)) continue;
      // An entity has one owner, whose record it is; others extend it by its key.
      if (definition.directives?.some((d) => d.name.value === "key")) continue;
      const known = found.get(definition.name.value) ?? { by: [], text: new Set(), vocabulary: true };
      known.by.push(name);
      known.text.add(print({ ...definition, directives: [] }));
      known.vocabulary &&= definition.kind === Kind.ENUM_TYPE_DEFINITION || definition.kind === Kind.SCALAR_TYPE_DEFINITION;
      found.set(definition.name.value, known);
    }
  }
  // A vocabulary may go through a port; it is one where its words are the same.
  return [...found].filter(([, { by, text, vocabulary }]) => by.length > 1 && !(vocabulary && text.size === 1)).map(([type, { by }]) => `${type} of ${by.join(" and ")}`);
}

describe("the subgraphs together", () => {
  it("give no two things one name", async () => {
    const records = manifests.flatMap((m) => loadManifest(m).metas.map((meta) => meta.name));
    expect(records.filter((name, i) => records.indexOf(name) !== i)).toEqual([]);
    const subgraphs = await Promise.all(manifests.map(async (m) => ({ name: m.name, sdl: await printSubgraph(m) })));
    expect(declaredTwice(subgraphs)).toEqual([]);
  });

  it("are refused where they do", () => {
    const [one, two] = [{ name: "one", sdl: "type Figure { days: Int } enum Kind { A B } type Student @key(fields: \"id\") { id: ID! }" }, { name: "two", sdl: "type Figure { days: Int } enum Kind { A C } type Student @key(fields: \"id\") { id: ID! }" }];
    expect(declaredTwice([one, two])).toEqual(["Figure of one and two", "Kind of one and two"]);
    expect(declaredTwice([one])).toEqual([]);
  });
});

describe("declarations", () => {
  it("describe every plain field in their own words", () => {
    const silent = manifests.flatMap((m) => loadManifest(m).metas).flatMap((meta) => [...meta.fields.values()].filter(isScalar).filter((f) => !f.description).map((f) => `${meta.name}.${f.name}`));
    expect(silent).toEqual([]);
  });
});
