import type { JSX } from "solid-js";

/** Line drawings on a field of 24 by 24. */
const shapes = {
  search: "M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM15.300 15.300 20 20",
  close: "M6 6l12 12M18 6 6 18",
  back: "M19 12H5M11 6l-6 6 6 6",
  next: "M9 5l7 7-7 7",
  previous: "M15 5l-7 7 7 7",
  down: "M6 9.500l6 6 6-6",
  print: "M7 9V4h10v5M7 17H4v-7h16v7h-3M7 14h10v6H7z",
  question: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9.500 9.500a2.500 2.500 0 1 1 3.500 2.300c-.7.3-1 .8-1 1.700M12 16.500v.1",
  warning: "M12 4 2.500 20h19zM12 10v4.500M12 17.300v.1",
  info: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5.500M12 7.500v.1",
  check: "M5 12.500l4.500 4.500L19 7.500",
  no: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM5.700 5.700l12.600 12.600",
  lock: "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3",
  home: "M4 11l8-7 8 7v9h-5v-6H9v6H4z",
  phone: "M6 3h4l1.500 5-2.200 1.600a12 12 0 0 0 5.100 5.100L16 12.500l5 1.500v4a2.500 2.500 0 0 1-2.700 2.500A16.500 16.500 0 0 1 3.500 5.700 2.500 2.500 0 0 1 6 3z",
  mail: "M3 6h18v12H3zM3 7l9 6.500L21 7",
  people: "M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 20c.4-4 3-6 6.500-6s6.100 2 6.500 6M16 4.500a3.300 3.300 0 0 1 0 6.300M18 14.300c2 .8 3.200 2.600 3.500 5.700",
  person: "M12 11.500a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20.500c.6-4.400 3.500-6.500 7.500-6.500s6.900 2.100 7.500 6.500",
  school: "M3 9.500 12 5l9 4.500-9 4.500zM6.500 11.500V17c1.500 1.300 3.400 2 5.500 2s4-.7 5.500-2v-5.500M21 9.500V16",
  leave: "M10 4H5v16h5M15 8l4 4-4 4M19 12H9",
  again: "M19.500 12a7.500 7.500 0 1 1-2.300-5.400M19.500 3.500V8H15",
  offline: "M4 9.500a13 13 0 0 1 4-2.400M20 9.500a13 13 0 0 0-6.500-3.200M7.500 13.500a8 8 0 0 1 3-1.700M12 18.500v.1M4 4l16 16",
} as const;

export type IconName = keyof typeof shapes;

/** A picture beside words that say the same: screen readers pass over it. */
export function Icon(props: { readonly name: IconName; readonly class?: string }): JSX.Element {
  return (
    <svg viewBox="0 0 24 24" class={`inline-block shrink-0 ${props.class ?? "size-5"}`} fill="none" stroke="currentColor" stroke-width="1.800" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
      <path d={shapes[props.name]} />
    </svg>
  );
}

/** The mark of OSSS. */
export function Mark(props: { readonly class?: string }): JSX.Element {
  return (
    <svg viewBox="0 0 40 40" class={`shrink-0 ${props.class ?? "size-9"}`} aria-hidden="true">
      <rect width="40" height="40" rx="10" class="fill-brand" />
      <path d="M9 17 20 11l11 6-11 6z" class="fill-on-brand" />
      <path d="M13 20.500V27c2 2 4.400 3 7 3s5-1 7-3v-6.500l-7 3.800z" class="fill-on-brand opacity-75" />
    </svg>
  );
}
