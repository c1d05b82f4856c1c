import { Migration } from "@mikro-orm/migrations";

export class Migration0007DelegateExports extends Migration {
  override async up(): Promise<void> {
    this.addSql("alter table \"rostering\".\"export\" add \"delegation_id\" uuid null");
  }

  override async down(): Promise<void> {
    this.addSql("alter table \"rostering\".\"export\" drop column \"delegation_id\"");
  }
}
