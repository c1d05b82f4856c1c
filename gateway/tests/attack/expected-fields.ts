import type { PersonaName } from "./personas.ts";

/** One question that goes through every kind of record around a student, companions and details of other people included. */
export const aroundStudent = `query ($id: ID!) { student(id: $id) {
  studentNumber
  identifiers { stateId }
  person { givenName demographics { birthDate } phones { nodes { number } } emails { nodes { address } }
    householdMemberships(orderBy: [{ field: createdAt }]) { nodes { household { name addresses { nodes { line1 } } members { totalCount } } } } }
  contacts { nodes { relationship person { givenName phones { nodes { number } } demographics { birthDate } householdMemberships { totalCount } listedFor { totalCount } } } }
  courtOrders { totalCount }
  supportParticipations { totalCount }
  majorityArrangements { totalCount }
} }`;

const nobody = { nodes: [] };
const contact = (name: string, numbers: readonly string[], households: number, listedFor: number) => ({
  relationship: "PARENT",
  person: { givenName: `Given-${name}`, phones: { nodes: numbers.map((number) => ({ number })) }, demographics: null, householdMemberships: { totalCount: households }, listedFor: { totalCount: listedFor } },
});
const household = (name: string, lines: readonly string[], members: number) => ({
  household: { name: `Household ${name}`, addresses: { nodes: lines.map((of) => ({ line1: `Street of ${of}` })) }, members: { totalCount: members } },
});
const none = { totalCount: 0 };

/** What each reads of dina, whose parents live apart; by hand. Null where the row is hidden, and where the roles close the type: orders are not shown to families. */
export const aboutDina: Readonly<Partial<Record<PersonaName, unknown>>> = {
  // His own household and number; of the other parent the name, and that she is listed.
  fatherLivingApart: {
    studentNumber: "N-dina", identifiers: { stateId: "STATE-dina" },
    person: { givenName: "Given-dina", demographics: { birthDate: "2011-11-12" }, phones: nobody, emails: nobody, householdMemberships: { nodes: [household("H-frank", ["frank home"], 2)] } },
    contacts: { nodes: [contact("frank", ["+1 555 frank"], 1, 1), contact("helen", [], 0, 1)] },
    courtOrders: null, supportParticipations: none, majorityArrangements: none,
  },
  // Her own unlisted number and confidential address stay closed to her, too.
  motherLivingApart: {
    studentNumber: "N-dina", identifiers: { stateId: "STATE-dina" },
    person: { givenName: "Given-dina", demographics: { birthDate: "2011-11-12" }, phones: nobody, emails: nobody, householdMemberships: { nodes: [household("H-helen", ["helen box"], 2)] } },
    contacts: { nodes: [contact("frank", [], 0, 1), contact("helen", [], 1, 1)] },
    courtOrders: null, supportParticipations: none, majorityArrangements: none,
  },
  // The child knows both homes, and of her contacts no more than that they are listed.
  studentLivingApart: {
    studentNumber: "N-dina", identifiers: { stateId: "STATE-dina" },
    person: { givenName: "Given-dina", demographics: { birthDate: "2011-11-12" }, phones: nobody, emails: nobody, householdMemberships: { nodes: [household("H-frank", ["frank home"], 2), household("H-helen", ["helen box"], 2)] } },
    contacts: { nodes: [{ relationship: "PARENT", person: null }, { relationship: "PARENT", person: null }] },
    courtOrders: null, supportParticipations: none, majorityArrangements: none,
  },
  principalHere: {
    studentNumber: "N-dina", identifiers: { stateId: "STATE-dina" },
    person: {
      givenName: "Given-dina", demographics: { birthDate: "2011-11-12" }, phones: nobody, emails: { nodes: [{ address: "dina@example.org" }] },
      householdMemberships: { nodes: [household("H-frank", ["frank home"], 2), household("H-helen", ["helen box", "helen home"], 2)] },
    },
    contacts: { nodes: [contact("frank", ["+1 555 frank"], 1, 1), contact("helen", ["+1 555 helen"], 1, 1)] },
    courtOrders: none, supportParticipations: none, majorityArrangements: none,
  },
  counselor: {
    studentNumber: "N-dina", identifiers: { stateId: "STATE-dina" },
    person: {
      givenName: "Given-dina", demographics: { birthDate: "2011-11-12" }, phones: nobody, emails: nobody,
      householdMemberships: { nodes: [household("H-frank", ["frank home"], 2), household("H-helen", ["helen box"], 2)] },
    },
    contacts: { nodes: [contact("frank", ["+1 555 frank"], 1, 1), contact("helen", [], 1, 1)] },
    courtOrders: none, supportParticipations: none, majorityArrangements: none,
  },
  // No birth date, no state number, nothing of orders and support; the roles are closed, not the rows.
  secretary: {
    studentNumber: "N-dina", identifiers: null,
    person: {
      givenName: "Given-dina", demographics: null, phones: nobody, emails: nobody,
      householdMemberships: { nodes: [household("H-frank", ["frank home"], 2), household("H-helen", ["helen box"], 2)] },
    },
    contacts: { nodes: [contact("frank", ["+1 555 frank"], 1, 1), contact("helen", [], 1, 1)] },
    courtOrders: null, supportParticipations: null, majorityArrangements: null,
  },
  foodService: {
    studentNumber: "N-dina", identifiers: null, person: { givenName: "Given-dina", demographics: null, phones: nobody, emails: nobody, householdMemberships: nobody },
    contacts: nobody, courtOrders: null, supportParticipations: null, majorityArrangements: null,
  },
  // Leads the district: names and enrollment, no number, no address, no order.
  superintendent: {
    studentNumber: "N-dina", identifiers: null, person: { givenName: "Given-dina", demographics: { birthDate: "2011-11-12" }, phones: nobody, emails: nobody, householdMemberships: nobody },
    contacts: { nodes: [contact("frank", [], 0, 1), contact("helen", [], 0, 1)] }, courtOrders: null, supportParticipations: null, majorityArrangements: null,
  },
  parentOfTwo: null, registrarThere: null, parentUnderOrder: null, principalUntilYesterday: null, rolesWithoutDuty: null, dutyWithoutRole: null, auditor: null, superintendentElsewhere: null,
};
