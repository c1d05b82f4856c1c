import { Migration } from "@mikro-orm/migrations";

export class Migration0004AddAgreements extends Migration {
  override async up(): Promise<void> {
    this.addSql("create table \"platform\".\"agreement\" (\"id\" uuid not null, \"district_id\" uuid not null, \"version\" int not null, \"created_at\" timestamptz(3) not null, \"created_by\" uuid null, \"updated_at\" timestamptz(3) not null, \"updated_by\" uuid null, \"archived_at\" timestamptz(3) null, \"party_name\" varchar(200) not null, \"party_contact\" varchar(255) not null, \"purpose\" varchar(1000) not null, \"interest\" varchar(1000) not null, \"basis\" varchar(64) not null, \"audience\" varchar(64) not null, \"categories\" text[] not null, \"every_school\" boolean not null, \"from_date\" date not null, \"to_date\" date not null, \"status\" varchar(64) not null, \"signed_by_id\" uuid not null, \"signed_on\" date not null, \"account_id\" uuid null, primary key (\"district_id\", \"id\"))");
    this.addSql("create table \"platform\".\"agreement_school\" (\"id\" uuid not null, \"district_id\" uuid not null, \"version\" int not null, \"created_at\" timestamptz(3) not null, \"created_by\" uuid null, \"updated_at\" timestamptz(3) not null, \"updated_by\" uuid null, \"archived_at\" timestamptz(3) null, \"agreement_id\" uuid not null, \"school_id\" uuid not null, primary key (\"district_id\", \"id\"))");
    this.addSql("create table \"platform\".\"directory_policy\" (\"id\" uuid not null, \"district_id\" uuid not null, \"version\" int not null, \"created_at\" timestamptz(3) not null, \"created_by\" uuid null, \"updated_at\" timestamptz(3) not null, \"updated_by\" uuid null, \"archived_at\" timestamptz(3) null, \"from_date\" date not null, \"notice_given_on\" date not null, \"fields\" text[] not null, primary key (\"district_id\", \"id\"))");
    this.addSql("create table \"platform\".\"disclosure\" (\"id\" uuid not null, \"district_id\" uuid not null, \"version\" int not null, \"created_at\" timestamptz(3) not null, \"created_by\" uuid null, \"updated_at\" timestamptz(3) not null, \"updated_by\" uuid null, \"archived_at\" timestamptz(3) null, \"student_id\" uuid not null, \"agreement_id\" uuid not null, \"recipient\" varchar(200) not null, \"interest\" varchar(1000) not null, \"basis\" varchar(64) not null, \"categories\" text[] not null, \"disclosed_at\" timestamptz(3) not null, \"disclosed_by_id\" uuid null, \"export_id\" uuid not null, primary key (\"district_id\", \"id\"))");
    this.addSql("create table \"platform\".\"disclosure_consent\" (\"id\" uuid not null, \"district_id\" uuid not null, \"version\" int not null, \"created_at\" timestamptz(3) not null, \"created_by\" uuid null, \"updated_at\" timestamptz(3) not null, \"updated_by\" uuid null, \"archived_at\" timestamptz(3) null, \"student_id\" uuid not null, \"agreement_id\" uuid not null, \"person_id\" uuid not null, \"from_date\" date not null, \"to_date\" date null, primary key (\"district_id\", \"id\"))");
    this.addSql("alter table \"platform\".\"account\" alter column \"person_id\" drop not null");
    this.addSql("alter table \"platform\".\"agreement\" add constraint \"agreement_signed_by_id_foreign\" foreign key (\"district_id\", \"signed_by_id\") references \"people\".\"person\" (\"district_id\", \"id\") on update no action on delete no action");
    this.addSql("alter table \"platform\".\"agreement\" add constraint \"agreement_account_id_foreign\" foreign key (\"district_id\", \"account_id\") references \"platform\".\"account\" (\"district_id\", \"id\") on update no action on delete no action");
    this.addSql("alter table \"platform\".\"agreement_school\" add constraint \"agreement_school_agreement_id_foreign\" foreign key (\"district_id\", \"agreement_id\") references \"platform\".\"agreement\" (\"district_id\", \"id\") on update no action on delete no action");
    this.addSql("alter table \"platform\".\"agreement_school\" add constraint \"agreement_school_school_id_foreign\" foreign key (\"district_id\", \"school_id\") references \"schools\".\"school\" (\"district_id\", \"id\") on update no action on delete no action");
    this.addSql("alter table \"platform\".\"disclosure\" add constraint \"disclosure_student_id_foreign\" foreign key (\"district_id\", \"student_id\") references \"students\".\"student\" (\"district_id\", \"id\") on update no action on delete no action");
    this.addSql("alter table \"platform\".\"disclosure\" add constraint \"disclosure_agreement_id_foreign\" foreign key (\"district_id\", \"agreement_id\") references \"platform\".\"agreement\" (\"district_id\", \"id\") on update no action on delete no action");
    this.addSql("alter table \"platform\".\"disclosure\" add constraint \"disclosure_disclosed_by_id_foreign\" foreign key (\"district_id\", \"disclosed_by_id\") references \"people\".\"person\" (\"district_id\", \"id\") on update no action on delete no action");
    this.addSql("alter table \"platform\".\"disclosure_consent\" add constraint \"disclosure_consent_student_id_foreign\" foreign key (\"district_id\", \"student_id\") references \"students\".\"student\" (\"district_id\", \"id\") on update no action on delete no action");
    this.addSql("alter table \"platform\".\"disclosure_consent\" add constraint \"disclosure_consent_agreement_id_foreign\" foreign key (\"district_id\", \"agreement_id\") references \"platform\".\"agreement\" (\"district_id\", \"id\") on update no action on delete no action");
    this.addSql("alter table \"platform\".\"disclosure_consent\" add constraint \"disclosure_consent_person_id_foreign\" foreign key (\"district_id\", \"person_id\") references \"people\".\"person\" (\"district_id\", \"id\") on update no action on delete no action");
  }

  override async down(): Promise<void> {
    this.addSql("alter table \"platform\".\"agreement_school\" drop constraint \"agreement_school_agreement_id_foreign\"");
    this.addSql("alter table \"platform\".\"disclosure\" drop constraint \"disclosure_agreement_id_foreign\"");
    this.addSql("alter table \"platform\".\"disclosure_consent\" drop constraint \"disclosure_consent_agreement_id_foreign\"");
    this.addSql("drop table if exists \"platform\".\"agreement\" cascade");
    this.addSql("drop table if exists \"platform\".\"agreement_school\" cascade");
    this.addSql("drop table if exists \"platform\".\"directory_policy\" cascade");
    this.addSql("drop table if exists \"platform\".\"disclosure\" cascade");
    this.addSql("drop table if exists \"platform\".\"disclosure_consent\" cascade");
    this.addSql("alter table \"platform\".\"account\" alter column \"person_id\" set not null");
  }
}
