import { describeReads } from "./read-table.ts";

describeReads(["grading"]);
