import { describeReads } from "./read-table.ts";

describeReads(["academics", "staff", "attendance", "rostering"]);
