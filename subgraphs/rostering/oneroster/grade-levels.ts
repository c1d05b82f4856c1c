/** Grade levels from the youngest to the oldest, in the codes that US reporting uses (CEDS). */
export const gradeLevels = ["IT", "PR", "PK", "TK", "KG", "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "PS", "UG"] as const;

/** UG is ungraded, PS postsecondary, 13 a thirteenth year, TK transitional kindergarten, IT infants, PR preschool. */
export type GradeLevel = (typeof gradeLevels)[number];

const spellings: Readonly<Record<string, GradeLevel>> = {
  K: "KG", KINDER: "KG", KINDERGARTEN: "KG", "0": "KG", "00": "KG",
  "-1": "PK", P: "PK", PREK: "PK", PREKINDERGARTEN: "PK", P3: "PK", P4: "PK", PK3: "PK", PK4: "PK",
  TRANSITIONALKINDERGARTEN: "TK", INFANT: "IT", TODDLER: "IT", PRESCHOOL: "PR",
  UNGRADED: "UG", POSTSECONDARY: "PS",
};

/**
 * The code of a grade level as exports write it ("9", "09", "9th", "Grade 9", "K", "Pre-K"); null
 * when it is none of them.
 */
export function gradeLevel(written: string): GradeLevel | null {
  const folded = written.trim().toUpperCase().replace(/^GRADE\s*/, "").replace(/\s*GRADE$/, "");
  const number = /^0*(\d{1,2})(ST|ND|RD|TH)?$/.exec(folded);
  if (number?.[1] !== undefined && Number(number[1]) > 0) {
    const code = number[1].padStart(2, "0");
    return gradeLevels.find((level) => level === code) ?? null;
  }
  const plain = folded.startsWith("-") ? folded : folded.replace(/[\s._-]/g, "");
  return gradeLevels.find((level) => level === plain) ?? spellings[plain] ?? null;
}

/** Compares by age, the youngest first. */
export function compareGradeLevels(a: GradeLevel, b: GradeLevel): number {
  return gradeLevels.indexOf(a) - gradeLevels.indexOf(b);
}
