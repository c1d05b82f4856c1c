import { DatabaseSchema, SqlSchemaGenerator } from "@mikro-orm/postgresql";
import type { EntityMetadata } from "@mikro-orm/core";
import { columnsOf, recordOf, type RecordClass } from "../record/metadata.ts";

type TargetSchema = ReturnType<SqlSchemaGenerator["getTargetSchema"]>;

/**
 * The ORM knows records by `id`; the database knows them by district and id. This generator puts `district_id` first in every primary
 * and foreign key of the model and adds the keys of ForeignRef fields to tables of other domains, so that a row can never point into
 * another district and migrations and diffs derive from one model. Tables, columns and keys are its whole job: computed columns, indexes, natural keys,
 * checks, exclusions, agreements and rules are derived objects (see derived-objects.ts).
 */
export class DistrictSchemaGenerator extends SqlSchemaGenerator {
  static override register(orm: Parameters<typeof SqlSchemaGenerator.register>[0]): void {
    orm.config.registerExtension("@mikro-orm/schema-generator", () => new DistrictSchemaGenerator(orm.em as never));
  }

  override getTargetSchema(schema?: string, includeWildcardSchema?: boolean): TargetSchema {
    const target = super.getTargetSchema(schema, includeWildcardSchema);
    const metas = new Map<string, EntityMetadata>();
    for (const meta of this.metadata.getAll().values()) metas.set(`${meta.schema}.${meta.tableName}`, meta);
    for (const table of target.getTables()) {
      const meta = metas.get(`${table.schema}.${table.name}`);
      if (!meta) continue;
      const record = recordOf(meta.class as RecordClass);
      table.setIndexes(
        table.getIndexes().filter((index) => index.primary).map((index) => ({ ...index, columnNames: ["district_id", "id"], composite: true })),
      );
      for (const column of table.getColumns()) column.primary = column.name === "district_id" || column.name === "id";
      const keys = Object.fromEntries(
        columnsOf(record)
          .filter((field) => field.kind === "belongsTo" || field.kind === "foreign")
          .map((field) => {
            const to = field.kind === "belongsTo" ? recordOf(field.target()) : field.target().foreign;
            const name = `${table.name}_${field.column}_foreign`.slice(0, 63);
            return [name, foreignKey(name, `${table.schema}.${table.name}`, field.column, `${"schema" in to ? to.schema : to.domain}.${to.table}`)];
          }),
      );
      if (record.companionOf) {
        const name = `${table.name}_id_foreign`.slice(0, 63);
        keys[name] = foreignKey(name, `${table.schema}.${table.name}`, "id", `${record.companionOf.schema}.${record.companionOf.table}`);
      }
      table.setForeignKeys(keys);
    }
    return target;
  }

  /** The SQL that would bring the database's tables of this domain to the model; empty when nothing differs. */
  async pendingSql(): Promise<{ up: string; down: string }> {
    const domain = this.config.get("schema") as string;
    const fromSchema = await DatabaseSchema.create(this.connection, this.platform, this.config, domain, [domain]);
    for (const table of fromSchema.getTables()) {
      table.setIndexes(table.getIndexes().filter((index) => index.primary));
      table.setForeignKeys(Object.fromEntries(Object.entries(table.getForeignKeys()).filter(([name]) => !name.startsWith("agrees_"))));
      table.setChecks([]);
      table.setTriggers([]);
      table.setPolicies([]);
      table.rlsEnabled = false;
      table.rlsForced = false;
      for (const column of table.getColumns()) {
        if (column.generated) table.removeColumn(column.name);
        column.unique = false;
      }
    }
    const { up, down } = await this.getUpdateSchemaMigrationSQL({ fromSchema, schema: domain, wrap: false });
    // The schema itself is made by the administrator before the first migration.
    const tables = (sql: string) => sql.split("\n").filter((line) => !/^(create|drop) schema /.test(line)).join("\n");
    return { up: tables(up), down: tables(down) };
  }
}

function foreignKey(constraintName: string, localTableName: string, column: string, referencedTableName: string) {
  return {
    constraintName,
    columnNames: ["district_id", column],
    localTableName,
    referencedTableName,
    referencedColumnNames: ["district_id", "id"],
    updateRule: "no action",
    deleteRule: "no action",
  };
}
