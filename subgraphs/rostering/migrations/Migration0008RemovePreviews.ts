import { Migration } from "@mikro-orm/migrations";

export class Migration0008RemovePreviews extends Migration {
  override async up(): Promise<void> {
    this.addSql("alter table \"rostering\".\"import\" add \"rows_removed_at\" timestamptz(3) null");
  }

  override async down(): Promise<void> {
    this.addSql("alter table \"rostering\".\"import\" drop column \"rows_removed_at\"");
  }
}
