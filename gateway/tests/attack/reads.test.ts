import { describeReads } from "./read-table.ts";

describeReads(["schools", "people", "students", "platform"]);
