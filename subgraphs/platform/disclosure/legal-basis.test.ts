import { describe, expect, it } from "vitest";
import { LegalBasis, needsRecord, systemBases } from "./legal-basis.ts";

describe("the record of a disclosure", () => {
  // 34 CFR 99.32(d): what needs none. (d)(1), the parent and the student herself, is under no basis here.
  it.each(["SCHOOL_OFFICIAL", "WRITTEN_CONSENT", "DIRECTORY_INFORMATION"] as const)("is not kept of what goes on the basis %s", (basis) => {
    expect(needsRecord(basis)).toBe(false);
  });

  it.each(["ENROLLMENT", "AUDIT_EVALUATION", "FINANCIAL_AID", "STUDIES", "ACCREDITATION", "COURT_ORDER", "HEALTH_OR_SAFETY"] as const)("is kept of what goes on the basis %s", (basis) => {
    expect(needsRecord(basis)).toBe(true);
  });

  it("is decided for every basis, and one that is added later keeps a record until it is decided otherwise", () => {
    expect(Object.keys(LegalBasis).filter((basis) => !needsRecord(basis as LegalBasis))).toHaveLength(3);
  });
});

it("lets a system ask by itself on no basis that needs a record: reads leave none", () => {
  expect(systemBases.filter(needsRecord)).toEqual([]);
});
