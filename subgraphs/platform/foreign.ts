import { foreign } from "#foundation/record/fields";

export class Person extends foreign("people", "Person", "The person.") {}
