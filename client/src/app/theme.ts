import { createSignal } from "solid-js";

export type Theme = "system" | "light" | "dark";
export const themes: readonly Theme[] = ["system", "light", "dark"];

const key = "osss:theme";
const read = (): Theme => themes.find((theme) => theme === localStorage.getItem(key)) ?? "system";
const [theme, setTheme] = createSignal<Theme>(read());
export { theme };

/** Remembered in this browser: the only thing that is. */
export function chooseTheme(next: Theme): void {
  localStorage.setItem(key, next);
  setTheme(next);
  applyTheme();
}

/** Also follows the choice made in another tab. */
export function followTheme(): void {
  applyTheme();
  window.addEventListener("storage", (event) => {
    if (event.key !== key) return;
    setTheme(read());
    applyTheme();
  });
}

function applyTheme(): void {
  if (theme() === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme();
}
