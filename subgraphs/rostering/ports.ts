import type { WriteSession } from "#foundation/crud/write";
import type { DistrictRecord } from "#foundation/record/record";
import { EnrollmentCode } from "./entities/enrollment-code.ts";
import { NextYearPlacement } from "./entities/next-year-placement.ts";

/** Values of a record by field, references as ids. Fields with a default may be left out. */
type Given<T> = Readonly<Partial<Omit<T, keyof DistrictRecord>>>;

/** For seeds: what a district has listed and planned, as the domain's elevated role. Each returns the id, which is `id` where one is given. */
export const addEnrollmentCode = (session: WriteSession, values: Given<EnrollmentCode>, id?: string): string => session.create(EnrollmentCode, values, id).id;
export const addNextYearPlacement = (session: WriteSession, values: Given<NextYearPlacement>, id?: string): string => session.create(NextYearPlacement, values, id).id;
