import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import {
  type BreakingChange,
  BreakingChangeType,
  buildSchema,
  findBreakingChanges,
  getNamedType,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
} from "graphql";

/**
 * What the new API would break for people who use the old one, a sentence each. What the old API marked `@deprecated`
 * may go, and so may a type that only such fields led to.
 */
export function breakingChanges(before: string, after: string): string[] {
  const old = buildSchema(before);
  const changes = findBreakingChanges(old, buildSchema(after));
  const removable = deprecatedPlaces(old);
  const removedTypes = new Set(changes.filter(({ type }) => type === BreakingChangeType.TYPE_REMOVED).map(({ description }) => description.split(" ", 1)[0]!));
  const announced = typesOnlyDeprecatedLeadTo(old, removedTypes, removable);
  return changes.filter((change) => !isAnnounced(change, removable, announced)).map(({ description }) => description);
}

function isAnnounced({ type, description }: BreakingChange, removable: ReadonlySet<string>, announced: ReadonlySet<string>): boolean {
  const first = description.split(" ", 1)[0]!.replace(/\.$/, "");
  switch (type) {
    case BreakingChangeType.FIELD_REMOVED:
      return removable.has(first);
    case BreakingChangeType.VALUE_REMOVED_FROM_ENUM: {
      const [value, , , , , , name] = description.split(" ");
      return removable.has(`${name?.replace(/\.$/, "")}.${value}`);
    }
    case BreakingChangeType.ARG_REMOVED: {
      const [place, , argument] = description.split(" ");
      return removable.has(`${place}(${argument})`);
    }
    case BreakingChangeType.TYPE_REMOVED:
      return announced.has(first);
    case BreakingChangeType.TYPE_REMOVED_FROM_UNION:
      return announced.has(first);
    default:
      return false;
  }
}

/** Coordinates of fields, input fields, enum values and arguments (`Type.field(argument)`) that are deprecated. */
function deprecatedPlaces(schema: GraphQLSchema): Set<string> {
  const places = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (isEnumType(type)) for (const value of type.getValues()) if (value.deprecationReason != null) places.add(`${type.name}.${value.name}`);
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
    for (const field of Object.values<GraphQLField<unknown, unknown> | GraphQLInputField>(type.getFields())) {
      if (field.deprecationReason != null) places.add(`${type.name}.${field.name}`);
      for (const argument of "args" in field ? field.args : []) {
        if (argument.deprecationReason != null) places.add(`${type.name}.${field.name}(${argument.name})`);
      }
    }
  }
  return places;
}

/** Of the removed types, those to which nothing led but deprecated places and other such types. */
function typesOnlyDeprecatedLeadTo(schema: GraphQLSchema, removed: ReadonlySet<string>, removable: ReadonlySet<string>): Set<string> {
  const allowed = new Set(removed);
  for (let changed = true; changed; ) {
    changed = false;
    for (const name of allowed) {
      if (waysTo(schema, name).every(({ from, place }) => removable.has(place) || allowed.has(from))) continue;
      allowed.delete(name);
      changed = true;
    }
  }
  return allowed;
}

function waysTo(schema: GraphQLSchema, name: string): { from: string; place: string }[] {
  const ways: { from: string; place: string }[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (isUnionType(type)) continue;
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
    for (const field of Object.values<GraphQLField<unknown, unknown> | GraphQLInputField>(type.getFields())) {
      const place = `${type.name}.${field.name}`;
      if (getNamedType(field.type).name === name) ways.push({ from: type.name, place });
      for (const argument of "args" in field ? field.args : []) {
        if (getNamedType(argument.type).name !== name) continue;
        ways.push({ from: type.name, place: removablePlace(argument.deprecationReason, place, argument.name) });
      }
    }
  }
  return ways;
}

function removablePlace(reason: string | null | undefined, place: string, argument: string): string {
  return reason == null ? place : `${place}(${argument})`;
}

async function main(ref: string): Promise<void> {
  const folder = import.meta.dirname;
  const after = await readFile(join(folder, "api.graphql"), "utf8");
  const before = await committed(ref, folder);
  if (before === null) {
    process.stdout.write(`There is no schema/api.graphql at ${ref}, so there is nothing to break.\n`);
    return;
  }
  const problems = breakingChanges(before, after);
  if (problems.length === 0) {
    process.stdout.write(`The API breaks nothing of ${ref}.\n`);
    return;
  }
  process.stderr.write(
    `The API breaks what ${ref} promised:\n${problems.map((problem) => `- ${problem}`).join("\n")}\nMark a field @deprecated first, with what to use instead, and remove it in a later version.\n`,
  );
  process.exitCode = 1;
}

async function committed(ref: string, folder: string): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)("git", ["show", `${ref}:./api.graphql`], { cwd: folder, maxBuffer: 256 * 1024 * 1024 });
    return stdout;
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    if (/does not exist|exists on disk, but not in|invalid object name 'HEAD'|unknown revision|ambiguous argument 'HEAD'/i.test(stderr ?? "")) {
      if (ref === "HEAD" || !/unknown revision|invalid object name/i.test(stderr ?? "")) return null;
    }
    throw new Error(`git cannot read schema/api.graphql at ${ref}: ${stderr?.trim() ?? String(error)}`);
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main(process.argv[2] ?? "HEAD").catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
