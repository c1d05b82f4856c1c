import { operators } from "./expected-operations.ts";
import { changeOfDays, mayAddDays, mayChangeDays } from "./expected-writes-days.ts";
import { describeWrites } from "./write-table.ts";

describeWrites("a school's days", { writers: operators, mayChange: mayChangeDays, changeOf: changeOfDays, neverArchived: new Set(), mayAdd: mayAddDays });
