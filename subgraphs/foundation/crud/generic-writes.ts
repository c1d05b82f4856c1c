import { OsssError } from "../errors/errors.ts";
import { inputFields } from "../federation/graph-types.ts";
import { recordOf, type RecordMeta } from "../record/metadata.ts";
import type { Call } from "./call.ts";
import { validateInput } from "./validate.ts";
import { runWrite, type Managed, type WriteOptions, type WriteResult, type WriteSession } from "./write.ts";

export type WriteInput = Readonly<Record<string, unknown>>;
type Root = Pick<WriteOptions, "operation" | "dryRun" | "path" | "request">;

/** Creates records with their companions, all or none. */
export async function createRecord(call: Call, meta: RecordMeta, inputs: readonly WriteInput[], root: Root): Promise<WriteResult> {
  return runWrite(call, { ...root, as: "caller" }, async (session) => {
    const made = inputs.map((input, i) => createOne(session, meta, input, inputs.length === 1 ? "input" : `inputs.${i}`));
    await session.flush();
    return made;
  });
}

function createOne(session: WriteSession, meta: RecordMeta, input: WriteInput, path: string): Managed<object> {
  const record = session.create(meta.type, validateInput(inputFields(meta, "Create"), input, path));
  for (const { name, companion, values } of companionsIn(meta, input)) createCompanion(session, companion, record, values, `${path}.${name}`);
  return record;
}

/** Changes a record and its companions under the version that the caller read. */
export async function updateRecord(call: Call, meta: RecordMeta, id: string, version: number, input: WriteInput, root: Root): Promise<WriteResult> {
  return runWrite(call, { ...root, as: "caller" }, async (session) => {
    const values = validateInput(inputFields(meta, "Update"), input, "input");
    const companions = companionsIn(meta, input);
    const record = Object.keys(values).length > 0 || companions.length === 0 ? await session.get(meta.type, id, version) : await session.get(meta.type, id);
    session.update(record, values);
    for (const { name, companion, values: nested } of companions) await updateCompanion(session, companion, record, nested, `input.${name}`);
    return [record];
  });
}

export async function archiveRecord(call: Call, meta: RecordMeta, id: string, version: number, archive: boolean, root: Root): Promise<WriteResult> {
  return runWrite(call, { ...root, as: "caller" }, async (session) => {
    const record = (await session.get(meta.type, id, version)) as Managed<{ archivedAt: Date | null }>;
    if (archive === (record.archivedAt !== null)) throw OsssError.conflict(archive ? `This ${meta.name} is already archived.` : `This ${meta.name} is not archived.`);
    return [archive ? session.archive(record) : session.restore(record)];
  });
}

function companionsIn(meta: RecordMeta, input: WriteInput) {
  return [...meta.fields.values()].flatMap((field) => {
    const values = field.kind === "companion" ? input[field.name] : undefined;
    return field.kind === "companion" && values != null ? [{ name: field.name, companion: recordOf(field.target()), values: values as WriteInput }] : [];
  });
}

/** A companion has its parent's key, and its parent's stamps where it holds them itself. */
function createCompanion(session: WriteSession, meta: RecordMeta, parent: Managed<object>, input: WriteInput, path: string): void {
  const row = parent as unknown as Record<string, unknown>;
  const stamps = Object.fromEntries([...meta.fields.values()].filter((f) => f.kind === "foreign" && meta.companionOf?.fields.get(f.name)?.kind === "foreign").map((f) => [f.name, row[f.name]]));
  const given = validateInput(inputFields(meta, "Create"), input, path);
  const missing = inputFields(meta, "Create").filter(({ field }) => !field.optional && !("defaultValue" in field && field.defaultValue !== undefined) && given[field.name] === undefined);
  if (missing.length > 0) throw OsssError.invalid(missing.map(({ input: name }) => ({ path: `${path}.${name}`, message: "Send a value: there is none yet." })));
  session.create(meta.type, { ...given, ...stamps }, parent.id);
}

async function updateCompanion(session: WriteSession, meta: RecordMeta, parent: Managed<object>, input: WriteInput, path: string): Promise<void> {
  const { version, ...values } = input;
  const existing = await session.find(meta.type, parent.id);
  if (!existing) return createCompanion(session, meta, parent, values, path);
  if (typeof version !== "number") throw OsssError.invalid([{ path: `${path}.version`, message: "Send the version that you read: this part exists already." }]);
  if (existing.version !== version) await session.get(meta.type, parent.id, version);
  session.update(existing, validateInput(inputFields(meta, "Update"), values, path));
}
