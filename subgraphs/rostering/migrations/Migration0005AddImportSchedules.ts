import { Migration } from "@mikro-orm/migrations";

export class Migration0005AddImportSchedules extends Migration {
  override async up(): Promise<void> {
    this.addSql("create table \"rostering\".\"import_schedule\" (\"id\" uuid not null, \"district_id\" uuid not null, \"version\" int not null, \"created_at\" timestamptz(3) not null, \"created_by\" uuid null, \"updated_at\" timestamptz(3) not null, \"updated_by\" uuid null, \"archived_at\" timestamptz(3) null, \"format\" varchar(64) not null, \"source\" varchar(100) not null, \"folder\" varchar(255) not null, \"time\" time(0) not null, \"weekdays_only\" boolean not null, \"stop_percent\" int not null, \"active\" boolean not null, \"last_run_on\" date null, \"delegation_id\" uuid not null, primary key (\"district_id\", \"id\"))");
    this.addSql("create table \"rostering\".\"import_alert\" (\"id\" uuid not null, \"district_id\" uuid not null, \"version\" int not null, \"created_at\" timestamptz(3) not null, \"created_by\" uuid null, \"updated_at\" timestamptz(3) not null, \"updated_by\" uuid null, \"archived_at\" timestamptz(3) null, \"import_id\" uuid null, \"schedule_id\" uuid not null, \"kind\" varchar(64) not null, \"message\" varchar(1000) not null, \"settled_at\" timestamptz(3) null, \"settled_by\" uuid null, primary key (\"district_id\", \"id\"))");
    this.addSql("alter table \"rostering\".\"import\" add \"file_id\" uuid null, add \"as_version10\" boolean not null, add \"schedule_id\" uuid null, add \"previous_id\" uuid null, add \"delegation_id\" uuid null, add \"agreed\" jsonb null");
    this.addSql("alter table \"rostering\".\"import\" add constraint \"import_file_id_foreign\" foreign key (\"district_id\", \"file_id\") references \"platform\".\"stored_file\" (\"district_id\", \"id\") on update no action on delete no action");
    this.addSql("alter table \"rostering\".\"import\" add constraint \"import_schedule_id_foreign\" foreign key (\"district_id\", \"schedule_id\") references \"rostering\".\"import_schedule\" (\"district_id\", \"id\") on update no action on delete no action");
    this.addSql("alter table \"rostering\".\"import\" add constraint \"import_previous_id_foreign\" foreign key (\"district_id\", \"previous_id\") references \"rostering\".\"import\" (\"district_id\", \"id\") on update no action on delete no action");
    this.addSql("alter table \"rostering\".\"import_candidate\" add \"likely\" boolean not null default false");
    this.addSql("alter table \"rostering\".\"import_candidate\" alter column \"likely\" drop default");
    this.addSql("alter table \"rostering\".\"import_alert\" add constraint \"import_alert_import_id_foreign\" foreign key (\"district_id\", \"import_id\") references \"rostering\".\"import\" (\"district_id\", \"id\") on update no action on delete no action");
    this.addSql("alter table \"rostering\".\"import_alert\" add constraint \"import_alert_schedule_id_foreign\" foreign key (\"district_id\", \"schedule_id\") references \"rostering\".\"import_schedule\" (\"district_id\", \"id\") on update no action on delete no action");
  }

  override async down(): Promise<void> {
    this.addSql("alter table \"rostering\".\"import\" drop constraint \"import_schedule_id_foreign\"");
    this.addSql("alter table \"rostering\".\"import_alert\" drop constraint \"import_alert_schedule_id_foreign\"");
    this.addSql("drop table if exists \"rostering\".\"import_schedule\" cascade");
    this.addSql("drop table if exists \"rostering\".\"import_alert\" cascade");
    this.addSql("alter table \"rostering\".\"import\" drop constraint \"import_file_id_foreign\"");
    this.addSql("alter table \"rostering\".\"import\" drop constraint \"import_previous_id_foreign\"");
    this.addSql("alter table \"rostering\".\"import\" drop column \"file_id\", drop column \"as_version10\", drop column \"schedule_id\", drop column \"previous_id\", drop column \"delegation_id\", drop column \"agreed\"");
    this.addSql("alter table \"rostering\".\"import_candidate\" drop column \"likely\"");
  }
}
