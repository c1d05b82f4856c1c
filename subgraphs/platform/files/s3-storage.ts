import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { AwsV4Signer } from "aws4fetch";
import { request } from "undici";
import type { S3Store } from "#foundation/config/config";
import type { FileStorage } from "./storage.ts";

/** The SHA-256 of nothing. */
const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/**
 * Bytes in a bucket, one object a file, under a key of its own at each try: who comes second never writes over what the first has stored.
 * Signed with the content's own hash, so that the store takes no other bytes.
 */
export function s3Storage(store: S3Store): FileStorage {
  const call = async (method: "PUT" | "GET" | "DELETE", key: string, body?: { content: AsyncIterable<Buffer>; size: number; sha256: string }) => {
    const url = `${store.endpoint}/${store.bucket}/${key}`;
    const headers = { "x-amz-content-sha256": body?.sha256 ?? empty, ...(body ? { "content-length": String(body.size) } : {}) };
    const signed = await new AwsV4Signer({ method, url, headers, accessKeyId: store.keyId, secretAccessKey: store.secret, service: "s3", region: store.region, allHeaders: false }).sign();
    return request(url, {
      method, headers: { ...Object.fromEntries(signed.headers), ...headers }, headersTimeout: 60_000, bodyTimeout: 60_000,
      ...(body ? { body: Readable.from(body.content, { objectMode: false }) } : {}),
    });
  };
  const settled = async (doing: string, { statusCode, body }: Awaited<ReturnType<typeof call>>): Promise<void> => {
    const said = await body.text();
    if (statusCode < 200 || statusCode > 299) throw new Error(`The store could not ${doing} a file: ${statusCode} ${/<Code>(\w+)<\/Code>/.exec(said)?.[1] ?? ""}`);
  };
  const remove = async (place: string | null) => {
    if (place === null) return;
    const reply = await call("DELETE", place);
    if (reply.statusCode === 404) return void (await reply.body.dump());
    await settled("remove", reply);
  };
  return {
    async bring({ id, districtId }, content) {
      const key = `${districtId}/${id}/${randomUUID()}`;
      await settled("take", await call("PUT", key, { content: content.read(), size: content.size, sha256: content.sha256 }));
      return key;
    },
    keep: () => Promise.resolve(),
    async *read({ place }) {
      const reply = await call("GET", place!);
      if (reply.statusCode !== 200) return settled("give", reply);
      for await (const bytes of reply.body) yield Buffer.from(bytes as Uint8Array);
    },
    drop: (_session, { place }) => remove(place),
    discard: ({ place }) => remove(place),
  };
}
