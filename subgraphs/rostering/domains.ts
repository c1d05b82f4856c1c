/** The ports of the domains that rostering writes; the command line, which imports no other domain, has them from here. */
export * as people from "../people/ports.ts";
export * as platform from "../platform/ports.ts";
export * as schools from "../schools/ports.ts";
export * as students from "../students/ports.ts";
