import { Migration } from "@mikro-orm/migrations";

export class Migration0001Initial extends Migration {
  override async up(): Promise<void> {
    this.addSql("create table \"errands\".\"noted\" (\"id\" uuid not null, \"district_id\" uuid not null, \"version\" int not null, \"created_at\" timestamptz(3) not null, \"created_by\" uuid null, \"updated_at\" timestamptz(3) not null, \"updated_by\" uuid null, \"archived_at\" timestamptz(3) null, \"errand\" varchar(255) not null, \"what\" varchar(255) not null, \"pid\" int not null, \"attempt\" int not null, primary key (\"district_id\", \"id\"))");
  }

  override async down(): Promise<void> {
    this.addSql("drop table if exists \"errands\".\"noted\" cascade");
  }
}
