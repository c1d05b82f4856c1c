import { rolesFor } from "../access/access.ts";
import { hasRoleDirective } from "../access/has-role.ts";
import { Role } from "../identity/role.ts";
import type { RecordMeta } from "../record/metadata.ts";
import type { LoadedManifest } from "./load-manifest.ts";

const actions = `"""What happened to a record."""
enum RecordChangeAction {
  """It was archived."""
  ARCHIVED
  """It was created, or came into your sight with this change."""
  CREATED
  """You can see it no more, or it no longer matches: it was changed, or your rights were. The record is null."""
  LEFT
  """It was brought back from the archive."""
  RESTORED
  """Fields of it were changed."""
  UPDATED
}`;

const common = `  """What happened. A record that you cannot see is not told of, but for LEFT when you could see it before."""
  action: RecordChangeAction!
  """The place of this event. Send it as \`after\` when you subscribe again, and you miss nothing; keep it for days, not for years. Refused with CURSOR_EXPIRED once the records were restored."""
  cursor: String!
  """The id of the record."""
  id: ID!`;

const after = `"""Go on behind the event with this cursor; from now on when left out. After CURSOR_EXPIRED read again what you follow, and leave it out."""
    after: String`;

/**
 * The subscriptions of a subgraph as SDL, printed by hand: `<plural>Changed` of its live records, and platform's `recordChanged`. The
 * graph library would want a publisher of its own for them; here every event comes from the outbox.
 */
export function subscriptionSdl(manifest: LoadedManifest, printed: string): string {
  const live = manifest.metas.filter((meta) => meta.live);
  const changed = manifest.changedRecords ?? [];
  if (live.length === 0 && changed.length === 0) return "";
  const fields = [...live.map(liveField), ...(changed.length > 0 ? [changedField()] : [])];
  const present = (name: string) => new RegExp(`^type ${name}\\b`, "m").test(printed);
  const stubs = changed.filter(({ name }) => !present(name)).map(({ name }) => `type ${name} @key(fields: "id", resolvable: false) {\n  """Identifies the record for ever and everywhere (UUID version 7)."""\n  id: ID!\n}`);
  return [actions, ...live.map(liveType), ...(changed.length > 0 ? [unionOf(changed.map(({ name }) => name)), changedType()] : []), ...stubs, `type Subscription {\n${fields.join("\n")}\n}`].join("\n\n");
}

const liveType = (meta: RecordMeta) => `"""A change of a ${meta.name}, as it happened."""
type ${meta.name}Changed ${hasRoleDirective(rolesFor(meta.access, "read"))} {
${common}
  """The record as it is now, read under your own rights; null when it LEFT."""
  record: ${meta.name}
  """The version of the record after the change."""
  version: Int!
}`;

const liveField = (meta: RecordMeta) => `  """Changes of ${meta.name} rows that you may see and that match, as they happen: at least once each, those of one record in order."""
  ${meta.plural}Changed(
    ${after}
    """Which rows; all that you may see when left out."""
    where: ${meta.name}Where
  ): ${meta.name}Changed ${hasRoleDirective(rolesFor(meta.access, "read"))}`;

const unionOf = (names: readonly string[]) => `"""A record of any kind whose changes are told."""
union ChangedRecord = ${[...names].sort().join(" | ")}`;

const everyone = hasRoleDirective([Role.Admin, Role.Parent, Role.Staff, Role.Student, Role.Teacher]);

const changedType = () => `"""A change of a record of any kind, as it happened."""
type RecordChange {
${common}
  """The record as it is now, read from its owner under your own rights; null when it LEFT."""
  record: ChangedRecord
  """The type of the record, e.g. \`Student\`."""
  recordType: String!
  """The version of the record after the change."""
  version: Int!
}`;

const changedField = () => `  """Changes of records of any kind that you may see, as they happen: at least once each, those of one record in order. Written by whomever: people, imports, the command line."""
  recordChanged(
    ${after}
    """Only these records (500 at most); all of the types when left out. You are told at once when one of them leaves your sight."""
    ids: [ID!]
    """Names of types, e.g. \`["Student", "AttendanceEvent"]\`."""
    types: [String!]!
  ): RecordChange ${everyone}`;
