import { catalogue } from "../../primitives/catalogue.ts";

export const directoryWords = catalogue({
  en: {
    title: "Students",
    search: "Find by name or number",
    searchHint: "Press / to search",
    clear: "Clear the search",
    grade: "Grade",
    allGrades: "All grades",
    withLeavers: "Include those who left",
    columns: { name: "Name", number: "Number", grade: "Grade", school: "School" },
    loading: "Loading students",
    count: (count: number) => (count === 1 ? "1 student" : `${count.toLocaleString("en-US")} students`),
    found: (count: number) => (count === 0 ? "No students found" : count === 1 ? "1 student found" : `${count.toLocaleString("en-US")} students found`),
    range: (from: number, to: number, of: number) => `${from.toLocaleString("en-US")} to ${to.toLocaleString("en-US")} of ${of.toLocaleString("en-US")}`,
    next: "Next",
    previous: "Previous",
    pages: "Pages",
    emptySearch: "No student matches",
    emptySearchText: "Check the spelling, search by the student number, or look at another school or year.",
    clearAll: "Clear search and filters",
    empty: "No students here",
    emptyText: "No student is enrolled at this school in this year, as far as you may see.",
    standing: { here: "", coming: (day: string) => `Starts ${day}`, left: (day: string) => `Left, last day ${day}`, "no-show": "Did not come" },
    list: "Students: move with the arrow keys, open with Enter",
  },
});
