import { Migration } from "@mikro-orm/migrations";

export class Migration0005AddFiles extends Migration {
  override async up(): Promise<void> {
    this.addSql("create table \"platform\".\"stored_file\" (\"id\" uuid not null, \"district_id\" uuid not null, \"version\" int not null, \"created_at\" timestamptz(3) not null, \"created_by\" uuid null, \"updated_at\" timestamptz(3) not null, \"updated_by\" uuid null, \"archived_at\" timestamptz(3) null, \"account_id\" uuid not null, \"name\" varchar(200) not null, \"media_type\" varchar(100) not null, \"size\" int not null, \"purpose\" varchar(64) not null, \"status\" varchar(64) not null, \"sha256\" varchar(64) null, \"stored_at\" timestamptz(3) null, \"fetched_at\" timestamptz(3) null, \"refusal\" varchar(500) null, \"expires_at\" timestamptz(3) not null, \"place\" varchar(200) null, primary key (\"district_id\", \"id\"))");
    this.addSql("alter table \"platform\".\"stored_file\" add constraint \"stored_file_account_id_foreign\" foreign key (\"district_id\", \"account_id\") references \"platform\".\"account\" (\"district_id\", \"id\") on update no action on delete no action");
  }

  override async down(): Promise<void> {
    this.addSql("drop table if exists \"platform\".\"stored_file\" cascade");
  }
}
