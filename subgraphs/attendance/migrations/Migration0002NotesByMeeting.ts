import { Migration } from "@mikro-orm/migrations";

const tables = ["attendance_note", "attendance_event"];

/** A note says of which meeting it is, so that a substitute reads those of her days alone. Notes of before take it from their exceptions. */
export class Migration0002NotesByMeeting extends Migration {
  override async up(): Promise<void> {
    this.addSql("alter table \"attendance\".\"attendance_note\" add \"class_meeting_id\" uuid null");
    // The owner is bound by the row rules as well, and no district is asked for here.
    for (const table of tables) this.addSql(`alter table "attendance"."${table}" no force row level security`);
    this.addSql("update \"attendance\".\"attendance_note\" n set \"class_meeting_id\" = e.\"class_meeting_id\" from \"attendance\".\"attendance_event\" e where e.\"id\" = n.\"id\"");
    for (const table of tables) this.addSql(`alter table "attendance"."${table}" force row level security`);
    this.addSql("alter table \"attendance\".\"attendance_note\" alter column \"class_meeting_id\" set not null");
    this.addSql("alter table \"attendance\".\"attendance_note\" add constraint \"attendance_note_class_meeting_id_foreign\" foreign key (\"district_id\", \"class_meeting_id\") references \"academics\".\"class_meeting\" (\"district_id\", \"id\") on update no action on delete no action");
  }

  override async down(): Promise<void> {
    this.addSql("alter table \"attendance\".\"attendance_note\" drop constraint \"attendance_note_class_meeting_id_foreign\"");
    this.addSql("alter table \"attendance\".\"attendance_note\" drop column \"class_meeting_id\"");
  }
}
