import { MikroORM } from "@mikro-orm/postgresql";
import { Migrator } from "@mikro-orm/migrations";
import { fileURLToPath } from "node:url";
import type { Database } from "./pool.ts";
import { entitySchemaOf } from "./entity-schema.ts";
import { DistrictSchemaGenerator } from "./schema-generator.ts";
import type { SubgraphManifest } from "../federation/manifest.ts";
import { ChangeRecorder } from "../events/change-recorder.ts";

/** The ORM of a subgraph: its entities, the process's one pool, its own context name so that no fork strays into another's transaction. */
export function createOrm(manifest: Pick<SubgraphManifest, "name" | "records">, database: Database): MikroORM {
  return new MikroORM({
    contextName: manifest.name,
    dbName: "osss",
    schema: manifest.name,
    entities: manifest.records.map((record) => entitySchemaOf(record)),
    driverOptions: database.kysely as never,
    subscribers: [new ChangeRecorder()],
    autoJoinRefsForFilters: false,
    forceUtcTimezone: true,
    extensions: [],
    ensureDatabase: false,
    debug: false,
  });
}

/** The ORM that owns the tables of a subgraph: migrations and differences, run as the owner, never by a serving process. */
export function createOwnerOrm(manifest: Pick<SubgraphManifest, "name" | "records" | "migrations">, adminUrl: string, owner: string): MikroORM {
  return new MikroORM({
    contextName: `${manifest.name}-owner`,
    clientUrl: adminUrl,
    // The administrator acts as the owner, so that tables belong to it and its allow-all row policy holds.
    driverOptions: { options: `-c role=${owner}` },
    schema: manifest.name,
    entities: manifest.records.map((record) => entitySchemaOf(record)),
    extensions: [DistrictSchemaGenerator, Migrator],
    pool: { min: 0, max: 2 },
    discovery: { warnWhenNoEntities: false },
    migrations: {
      path: fileURLToPath(manifest.migrations),
      glob: "*.{ts,js}",
      tableName: "migration",
      transactional: true,
      allOrNothing: true,
      snapshot: false,
      silent: true,
    },
    ensureDatabase: false,
    debug: false,
  });
}
