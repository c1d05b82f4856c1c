import { Migration } from "@mikro-orm/migrations";

export class Migration0001Initial extends Migration {
  override async up(): Promise<void> {
    this.addSql("create table \"trial_academics\".\"caseload_entry\" (\"id\" uuid not null, \"district_id\" uuid not null, \"version\" int not null, \"created_at\" timestamptz(3) not null, \"created_by\" uuid null, \"updated_at\" timestamptz(3) not null, \"updated_by\" uuid null, \"archived_at\" timestamptz(3) null, \"student_id\" uuid not null, \"person_id\" uuid not null, primary key (\"district_id\", \"id\"))");
    this.addSql("create table \"trial_academics\".\"section\" (\"id\" uuid not null, \"district_id\" uuid not null, \"version\" int not null, \"created_at\" timestamptz(3) not null, \"created_by\" uuid null, \"updated_at\" timestamptz(3) not null, \"updated_by\" uuid null, \"archived_at\" timestamptz(3) null, \"code\" varchar(255) not null, \"school_id\" uuid not null, primary key (\"district_id\", \"id\"))");
    this.addSql("create table \"trial_academics\".\"roster_entry\" (\"id\" uuid not null, \"district_id\" uuid not null, \"version\" int not null, \"created_at\" timestamptz(3) not null, \"created_by\" uuid null, \"updated_at\" timestamptz(3) not null, \"updated_by\" uuid null, \"archived_at\" timestamptz(3) null, \"section_id\" uuid not null, \"student_id\" uuid not null, \"from_date\" date not null, \"to_date\" date null, primary key (\"district_id\", \"id\"))");
    this.addSql("create table \"trial_academics\".\"class_meeting\" (\"id\" uuid not null, \"district_id\" uuid not null, \"version\" int not null, \"created_at\" timestamptz(3) not null, \"created_by\" uuid null, \"updated_at\" timestamptz(3) not null, \"updated_by\" uuid null, \"archived_at\" timestamptz(3) null, \"section_id\" uuid not null, \"school_id\" uuid not null, \"date\" date not null, primary key (\"district_id\", \"id\"))");
    this.addSql("create table \"trial_academics\".\"section_teacher\" (\"id\" uuid not null, \"district_id\" uuid not null, \"version\" int not null, \"created_at\" timestamptz(3) not null, \"created_by\" uuid null, \"updated_at\" timestamptz(3) not null, \"updated_by\" uuid null, \"archived_at\" timestamptz(3) null, \"section_id\" uuid not null, \"person_id\" uuid not null, primary key (\"district_id\", \"id\"))");
    this.addSql("alter table \"trial_academics\".\"caseload_entry\" add constraint \"caseload_entry_student_id_foreign\" foreign key (\"district_id\", \"student_id\") references \"students\".\"student\" (\"district_id\", \"id\") on update no action on delete no action");
    this.addSql("alter table \"trial_academics\".\"caseload_entry\" add constraint \"caseload_entry_person_id_foreign\" foreign key (\"district_id\", \"person_id\") references \"people\".\"person\" (\"district_id\", \"id\") on update no action on delete no action");
    this.addSql("alter table \"trial_academics\".\"section\" add constraint \"section_school_id_foreign\" foreign key (\"district_id\", \"school_id\") references \"schools\".\"school\" (\"district_id\", \"id\") on update no action on delete no action");
    this.addSql("alter table \"trial_academics\".\"roster_entry\" add constraint \"roster_entry_section_id_foreign\" foreign key (\"district_id\", \"section_id\") references \"trial_academics\".\"section\" (\"district_id\", \"id\") on update no action on delete no action");
    this.addSql("alter table \"trial_academics\".\"roster_entry\" add constraint \"roster_entry_student_id_foreign\" foreign key (\"district_id\", \"student_id\") references \"students\".\"student\" (\"district_id\", \"id\") on update no action on delete no action");
    this.addSql("alter table \"trial_academics\".\"class_meeting\" add constraint \"class_meeting_section_id_foreign\" foreign key (\"district_id\", \"section_id\") references \"trial_academics\".\"section\" (\"district_id\", \"id\") on update no action on delete no action");
    this.addSql("alter table \"trial_academics\".\"class_meeting\" add constraint \"class_meeting_school_id_foreign\" foreign key (\"district_id\", \"school_id\") references \"schools\".\"school\" (\"district_id\", \"id\") on update no action on delete no action");
    this.addSql("alter table \"trial_academics\".\"section_teacher\" add constraint \"section_teacher_section_id_foreign\" foreign key (\"district_id\", \"section_id\") references \"trial_academics\".\"section\" (\"district_id\", \"id\") on update no action on delete no action");
    this.addSql("alter table \"trial_academics\".\"section_teacher\" add constraint \"section_teacher_person_id_foreign\" foreign key (\"district_id\", \"person_id\") references \"people\".\"person\" (\"district_id\", \"id\") on update no action on delete no action");
  }

  override async down(): Promise<void> {
    this.addSql("alter table \"trial_academics\".\"roster_entry\" drop constraint \"roster_entry_section_id_foreign\"");
    this.addSql("alter table \"trial_academics\".\"class_meeting\" drop constraint \"class_meeting_section_id_foreign\"");
    this.addSql("alter table \"trial_academics\".\"section_teacher\" drop constraint \"section_teacher_section_id_foreign\"");
    this.addSql("drop table if exists \"trial_academics\".\"caseload_entry\" cascade");
    this.addSql("drop table if exists \"trial_academics\".\"section\" cascade");
    this.addSql("drop table if exists \"trial_academics\".\"roster_entry\" cascade");
    this.addSql("drop table if exists \"trial_academics\".\"class_meeting\" cascade");
    this.addSql("drop table if exists \"trial_academics\".\"section_teacher\" cascade");
  }
}
