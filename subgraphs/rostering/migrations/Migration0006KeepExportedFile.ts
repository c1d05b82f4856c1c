import { Migration } from "@mikro-orm/migrations";

export class Migration0006KeepExportedFile extends Migration {
  override async up(): Promise<void> {
    this.addSql("alter table \"rostering\".\"export\" add \"file_id\" uuid null");
    this.addSql("alter table \"rostering\".\"export\" add constraint \"export_file_id_foreign\" foreign key (\"district_id\", \"file_id\") references \"platform\".\"stored_file\" (\"district_id\", \"id\") on update no action on delete no action");
  }

  override async down(): Promise<void> {
    this.addSql("alter table \"rostering\".\"export\" drop constraint \"export_file_id_foreign\"");
    this.addSql("alter table \"rostering\".\"export\" drop column \"file_id\"");
  }
}
