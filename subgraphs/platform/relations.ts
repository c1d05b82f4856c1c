import { declareRelation } from "#foundation/access/declare-relation";
import { self } from "#foundation/access/relations";

export const relations = [
  declareRelation(self, "account", "SELECT access.account()"),
];
