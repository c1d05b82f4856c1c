import { Migration } from "@mikro-orm/migrations";

export class Migration0003AddSignIns extends Migration {
  override async up(): Promise<void> {
    this.addSql("create table \"platform\".\"account_invitation\" (\"id\" uuid not null, \"district_id\" uuid not null, \"version\" int not null, \"created_at\" timestamptz(3) not null, \"created_by\" uuid null, \"updated_at\" timestamptz(3) not null, \"updated_by\" uuid null, \"archived_at\" timestamptz(3) null, \"person_id\" uuid not null, \"code_hash\" varchar(64) not null, \"expires_at\" timestamptz(3) not null, \"accepted_at\" timestamptz(3) null, \"account_id\" uuid null, primary key (\"district_id\", \"id\"))");
    this.addSql("create table \"platform\".\"unlinked_sign_in\" (\"id\" uuid not null, \"district_id\" uuid not null, \"version\" int not null, \"created_at\" timestamptz(3) not null, \"created_by\" uuid null, \"updated_at\" timestamptz(3) not null, \"updated_by\" uuid null, \"archived_at\" timestamptz(3) null, \"issuer\" varchar(255) not null, \"subject\" varchar(255) not null, \"username\" varchar(255) not null, \"email\" varchar(254) null, \"reason\" varchar(64) not null, \"tried_at\" timestamptz(3) not null, primary key (\"district_id\", \"id\"))");
    this.addSql("alter table \"platform\".\"account\" add \"linked_by\" varchar(64) null");
    this.addSql("alter table \"platform\".\"account_invitation\" add constraint \"account_invitation_person_id_foreign\" foreign key (\"district_id\", \"person_id\") references \"people\".\"person\" (\"district_id\", \"id\") on update no action on delete no action");
    this.addSql("alter table \"platform\".\"account_invitation\" add constraint \"account_invitation_account_id_foreign\" foreign key (\"district_id\", \"account_id\") references \"platform\".\"account\" (\"district_id\", \"id\") on update no action on delete no action");
  }

  override async down(): Promise<void> {
    this.addSql("drop table if exists \"platform\".\"account_invitation\" cascade");
    this.addSql("drop table if exists \"platform\".\"unlinked_sign_in\" cascade");
    this.addSql("alter table \"platform\".\"account\" drop column \"linked_by\"");
  }
}
