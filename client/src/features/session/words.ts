import { catalogue } from "../../primitives/catalogue.ts";

export const sessionWords = catalogue({
  en: {
    waiting: "One moment",
    welcome: "Welcome",
    welcomeText: "Students, families and schools of your district, for those who may see them. Sign in to go on.",
    justLeft: "You are signed out",
    justLeftText: "Nothing of what you saw is kept in this browser. On a shared device, close the window as well.",
    signIn: "Sign in",
    signInAgain: "Sign in again",
    signOut: "Sign out",
    tryAgain: "Try again",
    tellSupport: "What the sign-in said:",
    state: {
      ended: { title: "Your session has ended", text: "After some time without use, and at the latest after a working day, you sign in again. You will come back to this page." },
      refused: { title: "Your sign-in was not accepted", text: "You signed in, but the school's records do not accept it. Sign out and in again. If it happens again, tell the school's IT that the records and the sign-in service do not agree." },
      unreachable: { title: "The sign-in does not answer", text: "Check the network of this device and try again. If other pages work, tell the school's IT." },
      failed: { title: "The sign-in did not work", text: "Try once more. If it happens again, show this page to the school's IT." },
      insecure: { title: "This address is not secure", text: "Signing in works over https only, or on this device as http://localhost. Ask the school's IT for the secure address." },
    },
    unlinked: (name: string) => `Hello ${name}, you are almost there`,
    unlinkedNext: "Until then nothing of the records is open to you.",
    code: "Code of your invitation",
    codeHint: "The office gave it to you, for example 7K2M-Q9XD-04TB-HW6E. It is good once.",
    useCode: "Use this code",
    codeFailed: "The code could not be sent. Check the network of this device, then try again.",
    linked: (district: string) => `You belong to ${district} now. Your records open in a moment.`,
  },
});
