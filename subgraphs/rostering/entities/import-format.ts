import { choice, type ChoiceOf } from "#foundation/record/fields";

export const ImportFormat = choice("ImportFormat", "What kind of files an import reads.", {
  ONEROSTER: "A OneRoster CSV package, version 1.1 or 1.2; 1.0 where the import was told so.",
  TEMPLATES: "The district's own CSV templates for what OneRoster lacks: enrollment history, daily attendance, course history, contacts, calendar days.",
});
export type ImportFormat = ChoiceOf<typeof ImportFormat>;
