import { catalogue } from "../../primitives/catalogue.ts";

export const familyWords = catalogue({
  en: {
    window: "My family",
    hello: (name: string) => `Hello ${name}`,
    children: "These are the students whose records are open to you.",
    loading: "Loading your family",
    you: "You",
    empty: "No student is linked to you today",
    emptyText: "A child's record opens when the school has confirmed you as a contact with education rights and portal access. An order, or the child's eighteenth birthday, can end it.",
    emptyHelp: "Ask the registrar of your child's school if this surprises you.",
    notEnrolled: "Not enrolled today",
    phone: (school: string) => `Call the office of ${school}`,
  },
});
