import { changeOf, mayAdd, mayChange, neverArchived, writers } from "./expected-writes.ts";
import { describeWrites } from "./write-table.ts";

describeWrites("people, students and schools", { writers, mayChange, changeOf, neverArchived, mayAdd });
