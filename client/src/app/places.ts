import { useRouter } from "../primitives/router.tsx";
import { type School, type SchoolYear, useViewer } from "./viewer.ts";

/** The school and the year that the screens look at; both live in the address, so that a link keeps them. */
export interface Places {
  /** Null: every school that the viewer may choose. */
  school(): School | null;
  /** Null: all years. */
  year(): SchoolYear | null;
  /** The address of this screen, or another, for another choice. */
  hrefFor(choice: { readonly school?: string | null; readonly year?: string | null }, path?: string): string;
  /** A path that keeps the choice. */
  keep(path: string): string;
}

export const allYears = "all";

export function usePlaces(): Places {
  const router = useRouter();
  const viewer = useViewer();
  return {
    school() {
      const { schools, boundToSchools } = viewer();
      if (boundToSchools && schools.length === 1) return schools[0]!;
      return schools.find((school) => school.id === router.query("school")) ?? null;
    },
    year() {
      const wanted = router.query("year");
      if (wanted === allYears) return null;
      return viewer().schoolYears.find((year) => year.id === wanted) ?? viewer().currentYear;
    },
    hrefFor(choice, path) {
      const changes: Record<string, string | null> = {};
      if (choice.school !== undefined) changes["school"] = choice.school;
      if (choice.year !== undefined) changes["year"] = choice.year === viewer().currentYear?.id ? null : choice.year;
      return router.hrefWith(changes, path);
    },
    keep: (path) => {
      const kept = new URLSearchParams();
      for (const name of ["school", "year"]) {
        const value = router.query(name);
        if (value) kept.set(name, value);
      }
      return kept.size === 0 ? path : `${path}?${kept}`;
    },
  };
}
