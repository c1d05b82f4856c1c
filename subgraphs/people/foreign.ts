import { foreign } from "#foundation/record/fields";

export class School extends foreign("schools", "School", "A school of the district.") {}
