import { describeWays } from "./way-table.ts";

describeWays(["academics", "staff", "attendance", "grading", "rostering"]);
