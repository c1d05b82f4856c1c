import { Migration } from "@mikro-orm/migrations";

export class Migration0004KeepVersionsAfterUndo extends Migration {
  override async up(): Promise<void> {
    this.addSql("alter table \"rostering\".\"import_row\" add \"left_as\" jsonb null");
  }

  override async down(): Promise<void> {
    this.addSql("alter table \"rostering\".\"import_row\" drop column \"left_as\"");
  }
}
