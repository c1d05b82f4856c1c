import { choice, type ChoiceOf } from "#foundation/record/fields";

export const LegalBasis = choice("LegalBasis", "Under which part of the federal privacy rules (34 CFR Part 99) personal information of students may go to a party.", {
  SCHOOL_OFFICIAL: "A contractor who performs a service that the district's own staff would otherwise do, under its direct control: a school official, 99.31(a)(1)(i)(B).",
  ENROLLMENT: "Another school or college where the student seeks or intends to enroll, 99.31(a)(2) and 99.34.",
  AUDIT_EVALUATION: "Federal, state and local authorities, or their representatives, for the audit or evaluation of programs, 99.31(a)(3) and 99.35.",
  FINANCIAL_AID: "In connection with financial aid for which the student has applied, 99.31(a)(4).",
  STUDIES: "Organizations that conduct studies for the district: tests, student aid, better instruction, 99.31(a)(6).",
  ACCREDITATION: "Organizations that accredit schools, 99.31(a)(7).",
  COURT_ORDER: "A court's order or a lawful subpoena, 99.31(a)(9).",
  HEALTH_OR_SAFETY: "Those who need it in an emergency to protect the health or safety of the student or others, 99.31(a)(10) and 99.36.",
  DIRECTORY_INFORMATION: "Directory information of students without an opt-out from the audience, 99.31(a)(11) and 99.37.",
  WRITTEN_CONSENT: "The signed and dated consent of the parent, or of the student who holds the rights, 99.30. Names only students with such a consent on record.",
});
export type LegalBasis = ChoiceOf<typeof LegalBasis>;

/** 34 CFR 99.32(d): a school official, a party with written consent, and whoever is given directory information stand in no record. */
const withoutRecord: ReadonlySet<LegalBasis> = new Set(["SCHOOL_OFFICIAL", "WRITTEN_CONSENT", "DIRECTORY_INFORMATION"]);

/**
 * Whether a disclosure of personal information under this basis is kept with each student's record, 34 CFR 99.32(a). What parents, students
 * who hold their rights, and the district's own staff are shown is no disclosure at all, and comes under no basis.
 */
export const needsRecord = (basis: LegalBasis): boolean => !withoutRecord.has(basis);

/**
 * Whether a system may ask by itself. Reads leave no disclosure record, so it must be a basis that needs none; and a record's row holds more
 * than a directory's fields, so that directory information goes by export.
 */
export const systemBases: readonly LegalBasis[] = ["SCHOOL_OFFICIAL", "WRITTEN_CONSENT"];
