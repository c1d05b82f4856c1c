import { changeOfAgreements, mayAddAgreements, mayChangeAgreements } from "./expected-agreements.ts";
import { changeOf, mayAdd, mayChange, neverArchived, writers } from "./expected-writes.ts";
import { describeWrites } from "./write-table.ts";

describeWrites("people, students, schools and platform", {
  writers, neverArchived, mayChange: { ...mayChange, ...mayChangeAgreements }, changeOf: { ...changeOf, ...changeOfAgreements }, mayAdd: [...mayAdd, ...mayAddAgreements],
});
