import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { codeOf, dataOf, rowCounts, type Contract } from "#foundation/testing/contract";
import { signedIn } from "#foundation/testing/personas";
import { smallSchool, type SmallSchool } from "../../contract/small-school.ts";
import { stage } from "../../contract/stage.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage();
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

const document = `mutation($input: EnrollInSectionInput!, $reason: String) { out: enrollInSection(input: $input, reason: $reason) { record { id fromDate toDate school { id } } } }`;
const enroll = (caller: Identity, studentId: string, sectionId: string, { reason, ...more }: { fromDate?: string; toDate?: string; overCapacity?: boolean; reason?: string } = {}) =>
  contract.platform.call("academics", caller, document, { input: { studentId, sectionId, fromDate: "2026-08-17", ...more }, ...(reason ? { reason } : {}) });
const messageOf = (reply: Awaited<ReturnType<typeof enroll>>): string => reply.errors![0]!.message;

async function scene<T>(more: (school: SmallSchool) => T) {
  const school = smallSchool(contract);
  const [section, registrar, student] = [school.section("ONE"), school.office(Role.Registrar), school.student()] as const;
  const extra = more(school);
  await school.make.save();
  return { ...school, one: section, registrar, learner: student, ...extra };
}

describe("who may put students on a roster", () => {
  it("is the office and the counselor of the section's school, and the district's; not who reaches students by it", async () => {
    const s = await scene((school) => {
      const other = smallSchool(contract, school);
      const teaching = school.make.a("Person");
      const standingIn = school.make.a("Person");
      return { other, teaching, standingIn, outside: other.office(Role.Registrar), secretary: school.office(Role.SchoolSecretary), nurse: school.office(Role.Nurse), counselor: school.office(Role.Counselor), superintendent: school.districtOffice(Role.Superintendent) };
    });
    s.make.a("TeachingAssignment", { sectionId: s.one, personId: s.teaching, fromDate: "2026-08-17", toDate: "2026-09-01" });
    s.make.a("SubstituteAssignment", { sectionId: s.one, personId: s.standingIn, fromDate: "2026-10-20", toDate: "2026-10-21" });
    for (const person of [s.teaching, s.standingIn]) s.make.a("DutyAssignment", { person, role: "COUNSELOR", schoolId: s.schoolId, fromDate: "2026-08-01", toDate: null });
    await s.make.save();
    const before = await rowCounts(contract.platform);
    for (const [name, caller] of [
      ["the section's teacher", signedIn(s.make, { personId: s.teaching }, [Role.Teacher, Role.Staff])],
      ["a counselor who teaches the section, also after her assignment", signedIn(s.make, { personId: s.teaching }, [Role.Counselor, Role.Teacher, Role.Staff])],
      ["a counselor who will stand in", signedIn(s.make, { personId: s.standingIn }, [Role.Counselor, Role.Substitute, Role.Staff])],
      ["a registrar of another school", s.outside],
      ["a secretary", s.secretary],
      ["a nurse", s.nurse],
    ] as const) {
      expect.soft(codeOf(await enroll(caller, s.learner, s.one)), name).toBe("FORBIDDEN");
    }
    expect(await rowCounts(contract.platform)).toEqual(before);
    dataOf(await enroll(s.counselor, s.learner, s.one, { toDate: "2026-09-01" }));
    dataOf(await enroll(s.superintendent, s.learner, s.one, { fromDate: "2026-09-01" }));
  });
});

describe("a student", () => {
  it("must be enrolled at the section's school on all of the days, in whichever kind", async () => {
    const s = await scene((school) => ({
      elsewhere: smallSchool(contract, school).student(),
      leaving: school.student({ exitDate: "2026-12-01" }),
      noShow: school.student({ exitDate: "2026-08-17", noShow: true }),
      half: school.student({ kind: "SECONDARY", fullTimeShare: "0.5" }),
    }));
    for (const student of [s.elsewhere, s.leaving, s.noShow]) expect(codeOf(await enroll(s.registrar, student, s.one))).toBe("CONFLICT");
    // In the same words for whom the registrar does not know.
    expect(messageOf(await enroll(s.registrar, s.elsewhere, s.one))).toBe(messageOf(await enroll(s.registrar, "00000000-0000-4000-8000-000000000000", s.one)));
    dataOf(await enroll(s.registrar, s.leaving, s.one, { toDate: "2026-12-01" }));
    dataOf(await enroll(s.registrar, s.half, s.one));
  });

  it("comes back as a new row, and is on the roster once at a time", async () => {
    const s = await scene(() => ({}));
    dataOf(await enroll(s.registrar, s.learner, s.one, { toDate: "2026-10-01" }));
    expect(codeOf(await enroll(s.registrar, s.learner, s.one, { fromDate: "2026-09-30" }))).toBe("CONFLICT");
    dataOf(await enroll(s.registrar, s.learner, s.one, { fromDate: "2026-10-01" }));
  });

  it("joins on one of the section's days", async () => {
    const s = await scene(() => ({}));
    for (const days of [{ fromDate: "2026-08-16" }, { fromDate: "2027-01-16" }, { toDate: "2026-08-17" }, { toDate: "2027-01-17" }]) expect(codeOf(await enroll(s.registrar, s.learner, s.one, days))).toBe("VALIDATION_FAILED");
    dataOf(await enroll(s.registrar, s.learner, s.one, { toDate: "2027-01-16" }));
  });

  it("is not in two sections at once: the other one is named, and the other rotation day is none", async () => {
    const s = await scene((school) => {
      const [two, three, four, spring] = [school.section("TWO"), school.section("THREE"), school.section("FOUR"), school.section("SPRING", { terms: [school.terms.spring] })] as const;
      return { two, three, four, spring };
    });
    s.meets(s.one, "2", "A");
    s.meets(s.two, "2", "B");
    s.meets(s.three, "2");
    s.meets(s.four, "1-2", "A");
    s.meets(s.spring, "2", "A");
    await s.make.save();
    dataOf(await enroll(s.registrar, s.learner, s.one, { toDate: "2026-12-01" }));
    dataOf(await enroll(s.registrar, s.learner, s.two));
    dataOf(await enroll(s.registrar, s.learner, s.spring, { fromDate: "2027-01-16" }));
    const refused = await enroll(s.registrar, s.learner, s.four);
    expect([codeOf(refused), messageOf(refused)]).toEqual(["CONFLICT", "The student is in another section at that time: Section ONE (ONE) in period 1-2 on rotation day A, from 2026-08-17 to 2026-11-30. Drop that one first, or choose another section."]);
    expect(refused.errors![0]!.extensions!.conflicts).toEqual([{ studentId: s.learner, sectionId: s.one, periodCode: "1-2", rotationDayId: s.rotation.A, fromDate: "2026-08-17", toDate: "2026-12-01" }]);
    // A section of every day meets both rotation days.
    expect(((await enroll(s.registrar, s.learner, s.three)).errors![0]!.extensions!.conflicts as unknown[]).length).toBe(2);
    // ONE is left on 1 December: from that day on only touches.
    dataOf(await enroll(s.registrar, s.learner, s.four, { fromDate: "2026-12-01" }));
  });
});

describe("seats", () => {
  it("are counted on the fullest day of the span, and given beyond only with a reason", async () => {
    const s = await scene((school) => ({ small: school.section("SMALL", { capacity: 2 }), others: [1, 2, 3].map(() => school.student()) }));
    const [a, b, c] = s.others as [string, string, string];
    dataOf(await enroll(s.registrar, a, s.small, { toDate: "2026-10-01" }));
    dataOf(await enroll(s.registrar, b, s.small, { fromDate: "2026-11-01" }));
    dataOf(await enroll(s.registrar, c, s.small));
    // Until 1 October A and C, from 1 November on B and C: between, one seat is free.
    const full = await enroll(s.registrar, s.learner, s.small, { fromDate: "2026-10-01" });
    expect([codeOf(full), messageOf(full)]).toEqual(["CONFLICT", "Section SMALL (SMALL) has 2 seats, and 3 students would be in it on 2026-11-01. Choose another section, or go on with overCapacity and a reason."]);
    dataOf(await enroll(s.registrar, s.learner, s.small, { fromDate: "2026-10-01", toDate: "2026-11-01" }));
    expect(codeOf(await enroll(s.registrar, s.learner, s.small, { fromDate: "2026-11-01", overCapacity: true }))).toBe("VALIDATION_FAILED");
    dataOf(await enroll(s.registrar, s.learner, s.small, { fromDate: "2026-11-01", overCapacity: true, reason: "Only section of the course" }));
  });

  it("are never given twice by two clerks at once", async () => {
    const s = await scene((school) => ({ last: school.section("LAST", { capacity: 1 }), others: [1, 2, 3, 4].map(() => school.student()) }));
    const replies = await Promise.all(s.others.map((student) => enroll(s.registrar, student, s.last)));
    expect(replies.map((reply) => codeOf(reply)).sort()).toEqual(["CONFLICT", "CONFLICT", "CONFLICT", undefined]);
  });

  it("taken are told to who may read the roster, and refused to who may not", async () => {
    const s = await scene((school) => {
      const teacher = school.make.a("Person");
      const parent = school.make.a("Person");
      return { teacher, parent, other: school.student(), outside: smallSchool(contract, school).office(Role.Principal) };
    });
    s.make.a("TeachingAssignment", { sectionId: s.one, personId: s.teacher, fromDate: "2026-08-17" });
    s.make.a("SectionEnrollment", { section: s.one, studentId: s.learner, fromDate: "2026-08-17", toDate: "2026-10-14" });
    s.make.a("SectionEnrollment", { section: s.one, studentId: s.other, fromDate: "2026-08-17" });
    await s.make.save();
    const ask = (caller: Identity) => contract.platform.call("academics", caller, "query($id: ID!) { section(id: $id) { today: seatsTaken before: seatsTaken(on: \"2026-10-13\") } }", { id: s.one });
    for (const caller of [s.registrar, signedIn(s.make, { personId: s.teacher }, [Role.Teacher])]) expect(dataOf(await ask(caller)).section).toEqual({ today: 1, before: 2 });
    for (const caller of [s.outside, signedIn(s.make, { personId: s.parent }, [Role.Parent]), signedIn(s.make, { personId: s.parent }, [Role.Teacher])]) {
      const reply = await ask(caller);
      expect([codeOf(reply), (reply.data as { section: unknown }).section]).toEqual(["FORBIDDEN", { today: null, before: null }]);
    }
  });
});
