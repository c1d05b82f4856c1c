import type { IncomingMessage } from "node:http";
import { limitExceeded } from "./limits.ts";

/**
 * Reads a request's body, and stops reading at the limit.
 * @throws GraphQLError LIMIT_EXCEEDED with status 413.
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const tooLarge = () => {
    const error = limitExceeded("bytes", null, maxBytes, "Send large files with a signed upload, and many records in several requests.");
    error.extensions["http"] = { status: 413 };
    return error;
  };
  return new Promise((resolve, reject) => {
    if (Number(request.headers["content-length"] ?? 0) > maxBytes) {
      reject(tooLarge());
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) {
        chunks.push(chunk);
        return;
      }
      request.pause();
      reject(tooLarge());
    });
    request.on("end", () => resolve(Buffer.concat(chunks)));
    request.on("error", reject);
  });
}
