import { choice, type ChoiceOf } from "#foundation/record/fields";

export const DuplicateReason = choice("DuplicateReason", "Why a student of the district may be the one who is being entered.", {
  SAME_NUMBER: "The student number is the same.",
  SAME_STATE_ID: "The state's number is the same.",
  SAME_EMAIL: "The e-mail address is the same. Families share one.",
  SAME_NAME_AND_BIRTH_DATE: "Both names and the birth date are the same.",
  SIMILAR_NAME_AND_BIRTH_DATE: "The birth date is the same, and the names are alike.",
  ONE_NAME_AND_BIRTH_DATE: "The birth date and one of the names are the same: a changed name, or a twin.",
  SAME_NAME: "Both names are the same; the birth date is not known on one of the sides, or not to you.",
  SAME_NAME_OTHER_BIRTH_DATE: "Both names are the same, and the birth date is another.",
  SIMILAR_NAME: "The names are alike; the birth date is not known on one of the sides, or not to you.",
});
export type DuplicateReason = ChoiceOf<typeof DuplicateReason>;

/** How a student compares with what was typed; null where one of the sides does not know, or the caller may not. */
export interface Comparison {
  sameNumber: boolean | null;
  sameStateId: boolean | null;
  sameBirthDate: boolean | null;
  /** How alike the names are, from 0 to 1, legal or preferred and in either order, whichever is closest. */
  givenLikeness: number;
  familyLikeness: number;
}

/** Reasons that make a duplicate likely: an enrollment is refused until the clerk says that it is none. */
const likely: ReadonlySet<DuplicateReason> = new Set(["SAME_NUMBER", "SAME_STATE_ID", "SAME_NAME_AND_BIRTH_DATE", "SIMILAR_NAME_AND_BIRTH_DATE", "SAME_NAME"]);

/** From this on two names are taken for alike: "Katherine" and "Kathrine" have 0.57, "Jon" and "John" 0.29. */
const alike = { given: 0.25, family: 0.4, both: 0.45 };

/** Why the two may be one student, the strongest reason first; none when nothing speaks for it. */
export function duplicateReasons({ sameNumber, sameStateId, sameBirthDate, givenLikeness, familyLikeness }: Comparison): DuplicateReason[] {
  const reasons: DuplicateReason[] = [];
  if (sameNumber) reasons.push("SAME_NUMBER");
  if (sameStateId) reasons.push("SAME_STATE_ID");
  const sameName = givenLikeness === 1 && familyLikeness === 1;
  if (sameBirthDate && sameName) reasons.push("SAME_NAME_AND_BIRTH_DATE");
  else if (sameBirthDate && familyLikeness >= alike.family && givenLikeness >= alike.given) reasons.push("SIMILAR_NAME_AND_BIRTH_DATE");
  else if (sameBirthDate && (givenLikeness === 1 || familyLikeness === 1)) reasons.push("ONE_NAME_AND_BIRTH_DATE");
  else if (sameName) reasons.push(sameBirthDate === false ? "SAME_NAME_OTHER_BIRTH_DATE" : "SAME_NAME");
  else if (sameBirthDate === null && givenLikeness >= alike.both && familyLikeness >= alike.both) reasons.push("SIMILAR_NAME");
  return reasons;
}

export const isLikely = (reasons: readonly DuplicateReason[]): boolean => reasons.some((reason) => likely.has(reason));
