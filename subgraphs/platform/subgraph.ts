import { subgraph } from "#foundation/federation/manifest";
import { Account } from "./entities/account.ts";
import { AuditEntry } from "./entities/audit-entry.ts";
import { District } from "./entities/district.ts";
import { accessRules } from "./operations/access-rules.ts";
import { changedRecords } from "./changed-records.ts";
import { me } from "./operations/me.ts";
import { relations } from "./relations.ts";
import { repeatableSql } from "./sql.ts";

export const platform = subgraph({
  name: "platform",
  description: "The district itself, who signs in to it, and the record of what they did.",
  records: [District, Account, AuditEntry],
  operations: [me, accessRules],
  relations,
  changedRecords,
  repeatableSql,
  loginFunctions: ["access.account_of(text, text)"],
  migrations: new URL("./migrations/", import.meta.url),
});
