import { query } from "#foundation/crud/operation";
import { OsssError } from "#foundation/errors/errors";
import { Choice, choice, Text } from "#foundation/record/fields";
import { View } from "#foundation/record/view";
import { everyone } from "../access.ts";

export const AccessVerb = choice("AccessVerb", "What a grant allows.", { READ: "Reading rows.", WRITE: "Creating or changing rows." });

@View("One grant: a verb, to a role, through a relation. A record is reached only through grants; without one it is closed.")
export class AccessRule {
  @Choice(AccessVerb, { description: "What is allowed." }) verb!: string;
  @Text({ description: "The role, as in the realm, e.g. `registrar`." }) role!: string;
  @Text({ description: "The name of the relation, e.g. `at_school`." }) relation!: string;
  @Text({ description: "The relation in a sentence." }) description!: string;
  @Text({ description: "When the grant does not hold although the relation does, in a sentence; else null.", optional: true }) except!: string | null;
}

export const accessRules = query({
  name: "accessRules",
  description: "Who, through which relation, may do what with a type of the graph. The same table makes the schema's rules and the database's.",
  roles: everyone,
  arguments: { coordinate: { type: "String", description: "A type or field, e.g. `Student` or `Student.sortName`. A field's rule is its type's, unless a companion type holds it." } },
  returns: AccessRule,
  list: true,
  async resolve(call, { coordinate }) {
    const [typeName, fieldName] = String(coordinate).split(".");
    const meta = call.services.manifests.flatMap((m) => m.metas).find((m) => m.name === typeName);
    const known = meta && (fieldName === undefined || [...meta.fields.values()].some((f) => (f.kind === "foreign" ? f.graphName : f.name) === fieldName));
    if (!meta || !known) throw OsssError.invalid([{ path: "coordinate", message: "Name a record type of this graph, or one of its fields, e.g. Student or Student.sortName." }]);
    return meta.access.grants.map((g) => ({
      verb: g.verb === "read" ? "READ" : "WRITE",
      role: g.role,
      relation: g.relation.name,
      description: g.relation.description,
      except: g.unless ? `not for rows where ${g.unless} is true` : g.notSelf ? "not for rows about the caller" : g.together ? "not for rows of which the relation reaches a part only, e.g. the section and not the student" : null,
    }));
  },
});
