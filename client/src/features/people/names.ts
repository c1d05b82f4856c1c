import { graphql } from "../../generated/gql.ts";
import type { PersonNamesFragment } from "../../generated/graphql.ts";

export const PersonNames = graphql(/* GraphQL */ `
  fragment PersonNames on Person {
    givenName
    familyName
    preferredGivenName
    preferredFamilyName
  }
`);

/** The name that the person goes by. */
export function nameOf(person: PersonNamesFragment): string {
  return `${person.preferredGivenName ?? person.givenName} ${person.preferredFamilyName ?? person.familyName}`;
}

/** The legal name in full, or null where it is the name that the person goes by and has no other parts. */
export function legalNameOf(person: PersonNamesFragment & { readonly middleName: string | null; readonly suffix: string | null }): string | null {
  const legal = [person.givenName, person.middleName, person.familyName, person.suffix].filter(Boolean).join(" ");
  return legal === nameOf(person) ? null : legal;
}

/** Two letters for a round mark beside a name. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? "")][0] ?? "").join("").toUpperCase();
}
