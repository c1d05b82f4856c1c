interface School { __typename: "School"; id: string; name: string; kind: string; phone: string; address: object; sections: Section[] }
interface Person { __typename: "Person"; id: string; givenName: string; familyName: string; birthDate: string; email: string; phone: string | null; guardians: object[]; sections: Section[]; absences: Absence[]; attendanceRate: number; average: object | null; scores: object[] }
interface Section { __typename: "Section"; id: string; code: string; title: string; room: string | null; period: number; school: School; teacher: Person; seats: { fromDate: string; status: string; student: Person }[]; taken: boolean; assignments: Assignment[]; mean: number }
interface Assignment { __typename: "Assignment"; id: string; title: string; dueDate: string; points: number; section: Section }
interface Absence { id: string; date: string; minutes: number; excuse: string | null; student: Person; section: Section }

export const size = { schools: 6, students: 960, teachers: 96, sections: 144, seats: 25 } as const;

const given = ["Adaeze", "Boris", "Camila", "Dilnoza", "Emeka", "Freya", "Goran", "Hana", "Ilse", "Jamal", "Kaia"];
const family = ["Achterberg", "Brightwater", "Castellanos", "Dąbrowska", "Eisenhardt", "Featherstone", "Gutiérrez", "Hollingworth"];
const titles = ["Algebra I", "Biology", "World History", "English 9", "Chemistry", "Studio Art", "Physical Education", "Spanish II"];

/** Rows of six schools, the same in every process. */
export class District {
  readonly schools: School[] = [];
  readonly people: Person[] = [];
  readonly sections: Section[] = [];
  readonly assignments: Assignment[] = [];
  readonly #byId = new Map<string, unknown>();

  constructor() {
    for (let n = 0; n < size.schools; n++) {
      this.#keep(this.schools, { __typename: "School", id: `school-${n}`, name: `${family[n]} School`, kind: ["HIGH", "MIDDLE", "ELEMENTARY"][n % 3]!, phone: `555-01${n}0`, address: { street: `${n + 1} Chestnut Street`, city: "Springfield", postalCode: `0110${n}` }, sections: [] });
    }
    for (let n = 0; n < size.students + size.teachers; n++) {
      const [first, last] = [given[n % given.length]!, family[(n * 3) % family.length]!];
      this.#keep(this.people, { __typename: "Person", id: `person-${n}`, givenName: first, familyName: last, birthDate: `20${10 + (n % 8)}-0${(n % 9) + 1}-1${n % 10}`, email: `person.${n}@example.org`, phone: n % 3 === 0 ? null : `555-${1000 + n}`, guardians: [], sections: [], absences: [], attendanceRate: 100 - (n % 40) / 4, average: n % 11 === 0 ? null : { percent: 60 + (n % 40), mark: "ABCD"[n % 4]! }, scores: [] });
    }
    const students = this.people.slice(0, size.students);
    for (const [n, student] of students.entries()) {
      student.guardians = [1, 2].map((other) => ({ relationship: other === 1 ? "MOTHER" : "FATHER", mayPickUp: n % 7 !== other, person: this.people[(n + other * 101) % size.students] }));
    }
    for (let n = 0; n < size.sections; n++) {
      const school = this.schools[n % size.schools]!;
      const section: Section = { __typename: "Section", id: `section-${n}`, code: `${100 + n}-${n % 4}`, title: titles[n % titles.length]!, room: n % 9 === 0 ? null : `B-${100 + n}`, period: (n % 8) + 1, school, teacher: this.people[size.students + (n % size.teachers)]!, seats: [], taken: n % 5 !== 0, assignments: [], mean: 70 + (n % 25) };
      this.#keep(this.sections, section);
      school.sections.push(section);
      // Half of a class meets again in the next class of the school: the same people stand in many places of a reply.
      const from = (n % size.schools) * 160 + (Math.floor(n / size.schools) * 12) % 136;
      for (let seat = 0; seat < size.seats; seat++) {
        const student = students[from + seat]!;
        section.seats.push({ fromDate: "2026-08-20", status: seat % 12 === 11 ? "AUDITING" : "ENROLLED", student });
        student.sections.push(section);
        if ((seat + n) % 8 === 0) student.absences.push({ id: `absence-${n}-${seat}`, date: `2026-10-1${n % 4}`, minutes: 45 + (seat % 3) * 15, excuse: seat % 2 ? null : "Illness", student, section });
      }
      for (let k = 0; k < 5; k++) {
        const assignment: Assignment = { __typename: "Assignment", id: `assignment-${n}-${k}`, title: `${section.title}, task ${k + 1}`, dueDate: `2026-10-2${k}`, points: 20 + k * 5, section };
        this.#keep(this.assignments, assignment);
        section.assignments.push(assignment);
        for (const { student } of section.seats) if (student.scores.length < 12) student.scores.push({ points: k === 4 ? null : 12 + k + (n % 8), late: (n + k) % 6 === 0, assignment });
      }
    }
  }

  #keep<Row extends { id: string }>(rows: Row[], row: Row): void {
    rows.push(row);
    this.#byId.set(row.id, row);
  }

  readonly #find = (id: string) => this.#byId.get(id) ?? null;

  readonly references: Readonly<Record<string, (id: string) => unknown>> = { School: this.#find, Person: this.#find, Section: this.#find, Assignment: this.#find };

  /** By coordinate. What is not here is a property of its row. */
  readonly resolvers: Readonly<Record<string, (source: never, args: never) => unknown>> = {
    "Query.schools": () => this.schools,
    "Query.school": (_: unknown, { id }: { id: string }) => this.#find(id),
    "Query.terms": () => [1, 2].map((n) => ({ id: `term-${n}`, name: `Semester ${n}`, firstDay: n === 1 ? "2026-08-20" : "2027-01-10", endDay: n === 1 ? "2026-12-20" : "2027-06-10" })),
    "Query.people": (_: unknown, { first }: { first: number }) => this.people.slice(0, first),
    "Query.person": (_: unknown, { id }: { id: string }) => this.#find(id),
    "Query.sections": (_: unknown, { first }: { first: number }) => this.sections.slice(0, first),
    "Query.section": (_: unknown, { id }: { id: string }) => this.#find(id),
    "Query.assignment": (_: unknown, { id }: { id: string }) => this.#find(id),
    "Query.absencesToday": (_: unknown, { first }: { first: number }) => this.people.flatMap(({ absences }) => absences.slice(0, 1)).slice(0, first),
    "School.sections": ({ sections }: School, { first }: { first: number }) => sections.slice(0, first),
    "School.present": ({ sections }: School) => sections.length * size.seats - sections.length,
    "School.absent": ({ sections }: School) => sections.length,
    "Person.sections": ({ sections }: Person, { first }: { first: number }) => sections.slice(0, first),
    "Person.absences": ({ absences }: Person, { first }: { first: number }) => absences.slice(0, first),
    "Person.scores": ({ scores }: Person, { first }: { first: number }) => scores.slice(0, first),
    "Section.roster": ({ seats }: Section, { first }: { first: number }) => seats.slice(0, first),
    "Section.absentToday": (section: Section) => section.seats.filter((_, index) => index % 8 === 3).map(({ student }, index): Absence => ({ id: `today-${section.id}-${index}`, date: "2026-10-14", minutes: 50, excuse: null, student, section })),
    "Section.assignments": ({ assignments }: Section, { first }: { first: number }) => assignments.slice(0, first),
  };
}
