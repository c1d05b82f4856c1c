import { BelongsTo, Choice, Text, Whole, choice, type ChoiceOf, type Reference } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { rooms } from "../access.ts";
import { School } from "./school.ts";

export const RoomKind = choice("RoomKind", "What a room is for.", {
  CLASSROOM: "Ordinary lessons.",
  LABORATORY: "Science or computers.",
  GYMNASIUM: "Physical education.",
  ARTS: "Music, art or theater.",
  SHOP: "Career and technical education.",
  LIBRARY: "The library or media center.",
  CAFETERIA: "Meals.",
  AUDITORIUM: "Assemblies and performances.",
  OFFICE: "Administration, counseling or health.",
  OTHER: "None of the others.",
});
export type RoomKind = ChoiceOf<typeof RoomKind>;

@Record({ description: "A room or another place of a school where people meet. The one list of rooms for timetables, bookings and maintenance.", access: rooms })
@UniqueTogether("school", "number")
export class Room extends DistrictRecord {
  @BelongsTo(() => School, { description: "The school that the room is in.", immutable: true })
  school!: Reference<School>;
  @Text({ description: "The number or code on the door, unique in the school, e.g. \"204\" or \"GYM\".", maxLength: 32, sortable: true })
  number!: string;
  @Text({ description: "A name beside the number, e.g. \"Chemistry\". Null when it has none.", optional: true, maxLength: 100, sortable: true })
  name?: string | null;
  @Choice(RoomKind, { description: "What the room is for.", defaultValue: "CLASSROOM" })
  kind!: RoomKind;
  @Whole({ description: "How many people may be in the room. Null when not recorded.", unit: "people", min: 0, max: 100000, optional: true })
  capacity?: number | null;
}
