import { DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { Text } from "#foundation/record/fields";
import { districts } from "../access.ts";

@Record({
  description: "A school district (local education agency): the owner of every record in it. Nothing in one district can be seen from, or point into, another.",
  access: districts,
  write: ["update"],
})
@UniqueTogether("code")
export class District extends DistrictRecord {
  @Text({ description: "The name that families know, e.g. \"Maple Valley School District\".", sortable: true }) name!: string;
  @Text({ description: "The district's own short code, stable for ever, e.g. `MVSD`.", maxLength: 32, immutable: true }) code!: string;
  @Text({ description: "The identifier given by the state education agency; null when unknown.", optional: true, maxLength: 32 }) stateId!: string | null;
  @Text({
    description: "The IANA time zone that decides when a day begins here: birthdays, orders, assignments and due dates take effect at its local midnight, e.g. `America/Chicago`.",
    maxLength: 64,
    pattern: /^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)*$/,
    patternHint: "an IANA time zone, e.g. America/Chicago",
  })
  timeZone!: string;
}
