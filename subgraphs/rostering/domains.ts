/** The ports of the domains that rostering writes; the command line, which imports no other domain, has them from here. */
export * as academics from "../academics/ports.ts";
export * as attendance from "../attendance/ports.ts";
export * as grading from "../grading/ports.ts";
export * as people from "../people/ports.ts";
export * as platform from "../platform/ports.ts";
export * as schools from "../schools/ports.ts";
export * as staff from "../staff/ports.ts";
export * as students from "../students/ports.ts";
