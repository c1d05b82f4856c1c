import { Migration } from "@mikro-orm/migrations";

export class Migration0001Initial extends Migration {
  override async up(): Promise<void> {
    this.addSql("create table \"platform\".\"account\" (\"id\" uuid not null, \"district_id\" uuid not null, \"version\" int not null, \"created_at\" timestamptz(3) not null, \"created_by\" uuid null, \"updated_at\" timestamptz(3) not null, \"updated_by\" uuid null, \"archived_at\" timestamptz(3) null, \"issuer\" varchar(255) not null, \"subject\" varchar(255) not null, \"username\" varchar(255) not null, \"person_id\" uuid not null, \"status\" varchar(64) not null, primary key (\"district_id\", \"id\"))");
    this.addSql("create table \"platform\".\"district\" (\"id\" uuid not null, \"district_id\" uuid not null, \"version\" int not null, \"created_at\" timestamptz(3) not null, \"created_by\" uuid null, \"updated_at\" timestamptz(3) not null, \"updated_by\" uuid null, \"archived_at\" timestamptz(3) null, \"name\" varchar(255) not null, \"code\" varchar(32) not null, \"state_id\" varchar(32) null, \"time_zone\" varchar(64) not null, primary key (\"district_id\", \"id\"))");
    this.addSql("alter table \"platform\".\"account\" add constraint \"account_person_id_foreign\" foreign key (\"district_id\", \"person_id\") references \"people\".\"person\" (\"district_id\", \"id\") on update no action on delete no action");
  }

  override async down(): Promise<void> {
    this.addSql("drop table if exists \"platform\".\"account\" cascade");
    this.addSql("drop table if exists \"platform\".\"district\" cascade");
  }
}
