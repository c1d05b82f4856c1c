import { Migration } from "@mikro-orm/migrations";

export class Migration0001Initial extends Migration {
  override async up(): Promise<void> {
    this.addSql("create table \"trial_attendance\".\"attendance_code\" (\"id\" uuid not null, \"district_id\" uuid not null, \"version\" int not null, \"created_at\" timestamptz(3) not null, \"created_by\" uuid null, \"updated_at\" timestamptz(3) not null, \"updated_by\" uuid null, \"archived_at\" timestamptz(3) null, \"code\" varchar(16) not null, \"title\" varchar(255) not null, primary key (\"district_id\", \"id\"))");
    this.addSql("create table \"trial_attendance\".\"attendance_event\" (\"id\" uuid not null, \"district_id\" uuid not null, \"version\" int not null, \"created_at\" timestamptz(3) not null, \"created_by\" uuid null, \"updated_at\" timestamptz(3) not null, \"updated_by\" uuid null, \"archived_at\" timestamptz(3) null, \"student_id\" uuid not null, \"class_meeting_id\" uuid not null, \"section_id\" uuid not null, \"school_id\" uuid not null, \"date\" date not null, \"code_id\" uuid not null, \"minutes_missed\" int not null, primary key (\"district_id\", \"id\"))");
    this.addSql("create table \"trial_attendance\".\"attendance_note\" (\"id\" uuid not null, \"district_id\" uuid not null, \"version\" int not null, \"created_at\" timestamptz(3) not null, \"created_by\" uuid null, \"updated_at\" timestamptz(3) not null, \"updated_by\" uuid null, \"archived_at\" timestamptz(3) null, \"student_id\" uuid not null, \"school_id\" uuid not null, \"text\" varchar(500) not null, primary key (\"district_id\", \"id\"))");
    this.addSql("alter table \"trial_attendance\".\"attendance_event\" add constraint \"attendance_event_student_id_foreign\" foreign key (\"district_id\", \"student_id\") references \"students\".\"student\" (\"district_id\", \"id\") on update no action on delete no action");
    this.addSql("alter table \"trial_attendance\".\"attendance_event\" add constraint \"attendance_event_class_meeting_id_foreign\" foreign key (\"district_id\", \"class_meeting_id\") references \"trial_academics\".\"class_meeting\" (\"district_id\", \"id\") on update no action on delete no action");
    this.addSql("alter table \"trial_attendance\".\"attendance_event\" add constraint \"attendance_event_section_id_foreign\" foreign key (\"district_id\", \"section_id\") references \"trial_academics\".\"section\" (\"district_id\", \"id\") on update no action on delete no action");
    this.addSql("alter table \"trial_attendance\".\"attendance_event\" add constraint \"attendance_event_school_id_foreign\" foreign key (\"district_id\", \"school_id\") references \"schools\".\"school\" (\"district_id\", \"id\") on update no action on delete no action");
    this.addSql("alter table \"trial_attendance\".\"attendance_event\" add constraint \"attendance_event_code_id_foreign\" foreign key (\"district_id\", \"code_id\") references \"trial_attendance\".\"attendance_code\" (\"district_id\", \"id\") on update no action on delete no action");
    this.addSql("alter table \"trial_attendance\".\"attendance_note\" add constraint \"attendance_note_student_id_foreign\" foreign key (\"district_id\", \"student_id\") references \"students\".\"student\" (\"district_id\", \"id\") on update no action on delete no action");
    this.addSql("alter table \"trial_attendance\".\"attendance_note\" add constraint \"attendance_note_school_id_foreign\" foreign key (\"district_id\", \"school_id\") references \"schools\".\"school\" (\"district_id\", \"id\") on update no action on delete no action");
    this.addSql("alter table \"trial_attendance\".\"attendance_note\" add constraint \"attendance_note_id_foreign\" foreign key (\"district_id\", \"id\") references \"trial_attendance\".\"attendance_event\" (\"district_id\", \"id\") on update no action on delete no action");
  }

  override async down(): Promise<void> {
    this.addSql("alter table \"trial_attendance\".\"attendance_event\" drop constraint \"attendance_event_code_id_foreign\"");
    this.addSql("alter table \"trial_attendance\".\"attendance_note\" drop constraint \"attendance_note_id_foreign\"");
    this.addSql("drop table if exists \"trial_attendance\".\"attendance_code\" cascade");
    this.addSql("drop table if exists \"trial_attendance\".\"attendance_event\" cascade");
    this.addSql("drop table if exists \"trial_attendance\".\"attendance_note\" cascade");
  }
}
