/** Grades are counted in the plan: -1 is pre-kindergarten, 0 kindergarten, 12 the last; one above it has graduated. */

export const preKindergarten = -1;
export const lastGrade = 12;

/** The code on forms and in files: PK, KG, 01 to 12. */
export const gradeCode = (grade: number): string => (grade === -1 ? "PK" : grade === 0 ? "KG" : String(grade).padStart(2, "0"));
export const gradeTitle = (grade: number): string => (grade === -1 ? "Pre-kindergarten" : grade === 0 ? "Kindergarten" : `Grade ${grade}`);
export const allGrades: readonly number[] = Array.from({ length: 14 }, (_, index) => index - 1);
