import { subgraph } from "#foundation/federation/manifest";
import { Account } from "./entities/account.ts";
import { AuditEntry } from "./entities/audit-entry.ts";
import { Delegation } from "./entities/delegation.ts";
import { District } from "./entities/district.ts";
import { accessRules } from "./operations/access-rules.ts";
import { changedRecords } from "./changed-records.ts";
import { delegate } from "./operations/delegations/delegate.ts";
import { revokeDelegation } from "./operations/delegations/revoke-delegation.ts";
import { me } from "./operations/me.ts";
import { relations } from "./relations.ts";
import { repeatableSql } from "./sql.ts";

export const platform = subgraph({
  name: "platform",
  description: "The district itself, who signs in to it, and the record of what they did.",
  records: [District, Account, Delegation, AuditEntry],
  operations: [me, accessRules, delegate, revokeDelegation],
  relations,
  changedRecords,
  repeatableSql,
  loginFunctions: ["access.account_of(text, text)", "access.note_sign_in(uuid, text[], timestamptz)", "access.delegated(uuid)"],
  migrations: new URL("./migrations/", import.meta.url),
});
