import { Migration } from "@mikro-orm/migrations";

export class Migration0003AddEarlierDays extends Migration {
  override async up(): Promise<void> {
    this.addSql("create table \"attendance\".\"earlier_day\" (\"id\" uuid not null, \"district_id\" uuid not null, \"version\" int not null, \"created_at\" timestamptz(3) not null, \"created_by\" uuid null, \"updated_at\" timestamptz(3) not null, \"updated_by\" uuid null, \"archived_at\" timestamptz(3) null, \"student_id\" uuid not null, \"school_id\" uuid not null, \"date\" date not null, \"code_id\" uuid null, \"minutes_missed\" int null, \"day_minutes\" int null, primary key (\"district_id\", \"id\"))");
    this.addSql("create table \"attendance\".\"earlier_school_day\" (\"id\" uuid not null, \"district_id\" uuid not null, \"version\" int not null, \"created_at\" timestamptz(3) not null, \"created_by\" uuid null, \"updated_at\" timestamptz(3) not null, \"updated_by\" uuid null, \"archived_at\" timestamptz(3) null, \"school_id\" uuid not null, \"date\" date not null, primary key (\"district_id\", \"id\"))");
    this.addSql("alter table \"attendance\".\"earlier_day\" add constraint \"earlier_day_student_id_foreign\" foreign key (\"district_id\", \"student_id\") references \"students\".\"student\" (\"district_id\", \"id\") on update no action on delete no action");
    this.addSql("alter table \"attendance\".\"earlier_day\" add constraint \"earlier_day_school_id_foreign\" foreign key (\"district_id\", \"school_id\") references \"schools\".\"school\" (\"district_id\", \"id\") on update no action on delete no action");
    this.addSql("alter table \"attendance\".\"earlier_day\" add constraint \"earlier_day_code_id_foreign\" foreign key (\"district_id\", \"code_id\") references \"attendance\".\"attendance_code\" (\"district_id\", \"id\") on update no action on delete no action");
    this.addSql("alter table \"attendance\".\"earlier_school_day\" add constraint \"earlier_school_day_school_id_foreign\" foreign key (\"district_id\", \"school_id\") references \"schools\".\"school\" (\"district_id\", \"id\") on update no action on delete no action");
  }

  override async down(): Promise<void> {
    this.addSql("drop table if exists \"attendance\".\"earlier_day\" cascade");
    this.addSql("drop table if exists \"attendance\".\"earlier_school_day\" cascade");
  }
}
