/** Of a course whose source names no subject: a course has one here, since credits are counted by subject. No export tells it to others. */
export const unstatedSubject = { code: "NOT-STATED", title: "Not stated" } as const;
