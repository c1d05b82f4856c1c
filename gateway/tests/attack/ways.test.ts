import { describeWays } from "./way-table.ts";

describeWays(["schools", "people", "students", "platform"]);
