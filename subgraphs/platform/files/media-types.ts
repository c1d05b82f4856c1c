/** What a file may be. The beginning of its content must look like it. */
interface MediaType {
  readonly type: string;
  readonly extension: string;
  readonly what: string;
  /** Whether content may begin with these bytes, a few thousand or all of it. */
  readonly begins: (bytes: Buffer) => boolean;
}

/** A first entry, or the end of a zip without entries. */
const zipHeads = ["504b0304", "504b0506"];
/** Control characters that no text has: all but tab, line feed, form feed and carriage return. */
const noText = /[\x00-\x08\x0b\x0e-\x1f]/;

export const mediaTypes: readonly MediaType[] = [
  { type: "application/zip", extension: ".zip", what: "a zip", begins: (bytes) => zipHeads.includes(bytes.subarray(0, 4).toString("hex")) },
  { type: "text/csv", extension: ".csv", what: "a CSV file", begins: (bytes) => bytes.length > 0 && !noText.test(bytes.toString("latin1")) && !zipHeads.includes(bytes.subarray(0, 4).toString("hex")) },
];

export const mediaTypeNamed = (type: string): MediaType | undefined => mediaTypes.find((each) => each.type === type);

/** What is wrong with a name, in words; null where nothing is. It names no place: folders and what a system reads into a name are refused. */
export function nameProblem(name: string, type: MediaType): string | null {
  if (/[/\\:*?"<>|\x00-\x1f\x7f\u0080-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(name)) return "Send the file's name alone, without a folder and without control characters.";
  if (name.trim() !== name || name.startsWith(".") || name.length <= type.extension.length) return "Send a name such as roster.zip.";
  if (!name.toLowerCase().endsWith(type.extension)) return `The name of ${type.what} ends in ${type.extension}.`;
  return null;
}
