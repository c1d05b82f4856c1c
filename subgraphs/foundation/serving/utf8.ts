/** Below it Node's own way is the better one: headers and a short text leave as one string. */
const shortText = 8 * 1024;
/** Beyond it the buffer would be kept for texts that hardly come. */
const longText = 1024 * 1024;

const encoder = new TextEncoder();
let scratch: Buffer | undefined;

/**
 * A text as it is sent. Node reads one that is not Latin twice, to count its bytes and to write them, and takes three times their memory for
 * it; here it is read once. Shorter texts are handed back.
 */
export function utf8(text: string): string | Buffer {
  if (text.length < shortText || text.length > longText) return text;
  scratch ??= Buffer.allocUnsafeSlow(3 * longText);
  const { written } = encoder.encodeInto(text, scratch);
  return Buffer.from(scratch.subarray(0, written));
}
