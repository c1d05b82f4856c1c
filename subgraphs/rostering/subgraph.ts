import { subgraph } from "#foundation/federation/manifest";
import { ExternalIdentifier } from "./entities/external-identifier.ts";
import { repeatableSql } from "./sql.ts";

export const rostering = subgraph({
  name: "rostering",
  description: "What several domains do together: imports from other systems, and how those systems name the district's records.",
  records: [ExternalIdentifier],
  operations: [],
  relations: [],
  repeatableSql,
  loginFunctions: ["access.installed_districts()"],
  migrations: new URL("./migrations/", import.meta.url),
});

export default rostering;
