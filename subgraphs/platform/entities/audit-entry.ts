import { DistrictRecord, Record } from "#foundation/record/record";
import { choice, Choice, fieldOf, Json, Text, Whole, type ChoiceOf } from "#foundation/record/fields";
import { auditEntries } from "../access.ts";

export const AuditAction = choice("AuditAction", "What happened to a record.", {
  CREATED: "It was created.",
  UPDATED: "Fields of it were changed.",
  ARCHIVED: "It was archived.",
  RESTORED: "It was brought back from the archive.",
  LOADED: "It is the first of many that a seed or an import wrote at once; `changes` counts them.",
  READ: "It was read, and reads of its kind are logged.",
});
export type AuditAction = ChoiceOf<typeof AuditAction>;

@Record({
  description: "One entry of the audit log: one record in one write, or one logged read. Append-only; entries are chained by their hashes, so that a changed or missing one shows.",
  plural: "auditEntries",
  access: auditEntries,
  storedIn: { schema: "journal", table: "audit_entry" },
})
export class AuditEntry extends DistrictRecord {
  @Choice(AuditAction, { description: "What happened." }) action!: AuditAction;
  @Text({ description: "The type of the record, e.g. `Student`." }) recordType!: string;
  @fieldOf("id", { description: "The id of the record." }) recordId!: string;
  @Whole({ description: "The version of the record after the write; null for a read.", optional: true }) recordVersion!: number | null;
  @Json({ description: "The fields that changed, each with `field`, `before` and `after`; an empty list for a read." }) changes!: unknown;
  @Text({ description: "The mutation, import or command that did it, e.g. `updateStudentContact`." }) operation!: string;
  @Text({ description: "Why, where the operation asks for a reason; else null.", optional: true, maxLength: 1000 }) reason!: string | null;
  @fieldOf("id", { description: "The person as whom it was done; null for the command line.", optional: true }) personId!: string | null;
  @fieldOf("id", { description: "The delegation under which it was done, where no live person asked; else null.", optional: true }) delegationId!: string | null;
  @Text({ description: "Identifies the request, as in the reply's headers and the server's log.", optional: true }) requestId!: string | null;
  @Whole({ description: "The place in the district's chain, from 1; null for the moment until it is sealed.", optional: true }) position!: number | null;
  @Text({ description: "The SHA-256 over this entry and the hash before it, hexadecimal; null until sealed.", optional: true }) hash!: string | null;
}
