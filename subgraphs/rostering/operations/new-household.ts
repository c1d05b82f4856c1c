import type { AcrossDomains } from "#foundation/crud/across-domains";
import { atSchool, district } from "#foundation/access/relations";
import { OsssError } from "#foundation/errors/errors";
import { Role } from "#foundation/identity/role";
import { Flag, Text } from "#foundation/record/fields";
import { people } from "../domains.ts";

export class NewHouseholdInput {
  @Text({ description: "A name to find and address the household by, e.g. \"Lopez family\"." }) name!: string;
  @Text({ description: "Street and number.", maxLength: 120 }) line1!: string;
  @Text({ description: "Apartment, building or \"in care of\".", optional: true, maxLength: 120 }) line2?: string | null;
  @Text({ description: "City or town.", maxLength: 80 }) city!: string;
  @Text({ description: "State, by its postal abbreviation, e.g. \"TX\".", maxLength: 40 }) region!: string;
  @Text({ description: "ZIP or postal code.", maxLength: 16 }) postalCode!: string;
  @Flag({ description: "Hidden from everyone but the registrar and the principal of the school.", defaultValue: false }) addressConfidential!: boolean;
}

interface Wanted {
  householdId?: string | null;
  household?: NewHouseholdInput | null;
}

/** Puts a student, and who lives with her, into a household. A school's registrar takes one of the school's families, or a new one. */
export async function enterHousehold(across: AcrossDomains, { householdId, household }: Wanted, members: { personId: string; livingWith: readonly { personId: string; mailings: boolean }[]; fromDate: string }): Promise<void> {
  if (householdId && household) throw OsssError.invalid([{ path: "input.newStudent.household", message: "Send either householdId or a new household, not both." }]);
  if (!householdId && !household) return;
  if (householdId) {
    const known = await across.in("rostering", async (session) => (await session.holds(district, null, [Role.Registrar])) || session.holds(atSchool, "household", [Role.Registrar], householdId));
    if (!known) throw OsssError.forbidden("This household belongs to no family of your school. Enter a new household, or ask the district's registrar.");
  }
  const me = across.caller.identity.personId;
  if (members.livingWith.some(({ personId }) => personId === me)) throw OsssError.forbidden("Nobody puts herself into a household. Ask a colleague.");
  await across.in("people", async (session) => {
    const { fromDate } = members;
    const id = householdId ?? people.addHousehold(session, { name: household!.name });
    if (household) {
      const { name: _name, ...address } = household;
      people.addHouseholdAddress(session, { household: id, kind: "HOME", fromDate, ...address });
    }
    const present = householdId ? new Set(await people.membersOf(session, householdId)) : new Set<string>();
    for (const { personId, mailings } of [{ personId: members.personId, mailings: false }, ...members.livingWith]) {
      if (!present.has(personId)) people.addHouseholdMember(session, { household: id, person: personId, fromDate, mailings });
    }
  });
}
