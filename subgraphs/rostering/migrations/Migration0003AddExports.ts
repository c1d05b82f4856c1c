import { Migration } from "@mikro-orm/migrations";

export class Migration0003AddExports extends Migration {
  override async up(): Promise<void> {
    this.addSql("create table \"rostering\".\"export\" (\"id\" uuid not null, \"district_id\" uuid not null, \"version\" int not null, \"created_at\" timestamptz(3) not null, \"created_by\" uuid null, \"updated_at\" timestamptz(3) not null, \"updated_by\" uuid null, \"archived_at\" timestamptz(3) null, \"agreement_id\" uuid null, \"status\" varchar(64) not null, \"since\" timestamptz(3) null, \"ids_of\" varchar(100) null, \"asked_by_id\" uuid null, \"progress\" varchar(255) null, \"message\" varchar(1000) null, \"students\" int null, \"finished_at\" timestamptz(3) null, primary key (\"district_id\", \"id\"))");
    this.addSql("create table \"rostering\".\"export_count\" (\"id\" uuid not null, \"district_id\" uuid not null, \"version\" int not null, \"created_at\" timestamptz(3) not null, \"created_by\" uuid null, \"updated_at\" timestamptz(3) not null, \"updated_by\" uuid null, \"archived_at\" timestamptz(3) null, \"export_id\" uuid not null, \"file\" varchar(64) not null, \"rows\" int not null, primary key (\"district_id\", \"id\"))");
    this.addSql("alter table \"rostering\".\"export\" add constraint \"export_agreement_id_foreign\" foreign key (\"district_id\", \"agreement_id\") references \"platform\".\"agreement\" (\"district_id\", \"id\") on update no action on delete no action");
    this.addSql("alter table \"rostering\".\"export\" add constraint \"export_asked_by_id_foreign\" foreign key (\"district_id\", \"asked_by_id\") references \"people\".\"person\" (\"district_id\", \"id\") on update no action on delete no action");
    this.addSql("alter table \"rostering\".\"export_count\" add constraint \"export_count_export_id_foreign\" foreign key (\"district_id\", \"export_id\") references \"rostering\".\"export\" (\"district_id\", \"id\") on update no action on delete no action");
  }

  override async down(): Promise<void> {
    this.addSql("alter table \"rostering\".\"export_count\" drop constraint \"export_count_export_id_foreign\"");
    this.addSql("drop table if exists \"rostering\".\"export\" cascade");
    this.addSql("drop table if exists \"rostering\".\"export_count\" cascade");
  }
}
