import { createSignal } from "solid-js";

/** Languages that the screens speak. A catalogue may lack all but English; English then stands in. */
export type Locale = "en" | "es";

const [locale, setLocale] = createSignal<Locale>("en");
export { locale };

/** Changes the language of every screen at once, and of the document for screen readers. */
export function speak(language: Locale): void {
  setLocale(language);
  document.documentElement.lang = language;
}

/** The words of one feature: reads the catalogue in the language that is spoken now. */
export function catalogue<Words extends object>(languages: { readonly en: Words } & Partial<Record<Locale, Words>>): () => Words {
  return () => languages[locale()] ?? languages.en;
}
