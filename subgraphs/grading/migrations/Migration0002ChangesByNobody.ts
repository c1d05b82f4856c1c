import { Migration } from "@mikro-orm/migrations";

export class Migration0002ChangesByNobody extends Migration {
  override async up(): Promise<void> {
    this.addSql("alter table \"grading\".\"mark_change\" alter column \"changed_by_id\" drop not null");
  }

  override async down(): Promise<void> {
    this.addSql("alter table \"grading\".\"mark_change\" alter column \"changed_by_id\" set not null");
  }
}
