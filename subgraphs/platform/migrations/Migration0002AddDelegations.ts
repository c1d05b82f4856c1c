import { Migration } from "@mikro-orm/migrations";

export class Migration0002AddDelegations extends Migration {
  override async up(): Promise<void> {
    this.addSql("create table \"platform\".\"delegation\" (\"id\" uuid not null, \"district_id\" uuid not null, \"version\" int not null, \"created_at\" timestamptz(3) not null, \"created_by\" uuid null, \"updated_at\" timestamptz(3) not null, \"updated_by\" uuid null, \"archived_at\" timestamptz(3) null, \"account_id\" uuid not null, \"use\" varchar(64) not null, \"purpose\" varchar(500) not null, \"roles\" text[] not null, \"operations\" text[] not null, \"every_query\" boolean not null, \"from_date\" date not null, \"to_date\" date not null, \"revoked_at\" timestamptz(3) null, primary key (\"district_id\", \"id\"))");
    this.addSql("alter table \"platform\".\"delegation\" add constraint \"delegation_account_id_foreign\" foreign key (\"district_id\", \"account_id\") references \"platform\".\"account\" (\"district_id\", \"id\") on update no action on delete no action");
  }

  override async down(): Promise<void> {
    this.addSql("drop table if exists \"platform\".\"delegation\" cascade");
  }
}
