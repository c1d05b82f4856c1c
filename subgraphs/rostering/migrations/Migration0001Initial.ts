import { Migration } from "@mikro-orm/migrations";

export class Migration0001Initial extends Migration {
  override async up(): Promise<void> {
    this.addSql("create table \"rostering\".\"external_identifier\" (\"id\" uuid not null, \"district_id\" uuid not null, \"version\" int not null, \"created_at\" timestamptz(3) not null, \"created_by\" uuid null, \"updated_at\" timestamptz(3) not null, \"updated_by\" uuid null, \"archived_at\" timestamptz(3) null, \"source\" varchar(100) not null, \"record_type\" varchar(64) not null, \"sourced_id\" varchar(255) not null, \"record_id\" uuid not null, \"memory\" jsonb not null, primary key (\"district_id\", \"id\"))");
  }

  override async down(): Promise<void> {
    this.addSql("drop table if exists \"rostering\".\"external_identifier\" cascade");
  }
}
