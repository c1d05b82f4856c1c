import { createReadStream, createWriteStream } from "node:fs";
import { access, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir, userInfo } from "node:os";
import { basename, dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { brotliDecompressSync, createBrotliDecompress } from "node:zlib";

/** Where the browser of the npm packages was unpacked to. */
export interface PackagedChromium {
  readonly executable: string;
  /** Folder of its fonts.conf: a machine without fonts would draw empty pages. */
  readonly fonts: string;
}

let unpacking: Promise<PackagedChromium> | null = null;

/**
 * Unpacks the packaged Chromium once, into a folder of this user and this version. The folder appears whole by one rename, so
 * any number of test processes may start at the same time, and one that is killed midway leaves nothing half done in its place.
 */
export function packagedChromium(): Promise<PackagedChromium> {
  return (unpacking ??= unpack());
}

async function unpack(): Promise<PackagedChromium> {
  const packageFolder = join(dirname(createRequire(import.meta.url).resolve("@sparticuz/chromium")), "..");
  const { version } = JSON.parse(await readFile(join(packageFolder, "package.json"), "utf8")) as { version: string };
  const home = join(tmpdir(), `osss-chromium-${version}-${userInfo().uid}`);
  const unpacked = { executable: join(home, "chromium"), fonts: join(home, "fonts") };
  if (await exists(home)) return unpacked;
  const draft = await mkdtemp(`${home}.`);
  await pipeline(createReadStream(join(packageFolder, "bin/chromium.br")), createBrotliDecompress(), createWriteStream(join(draft, "chromium"), { mode: 0o700, flush: true }));
  await mkdir(join(draft, "fonts"));
  for (const font of tarFiles(brotliDecompressSync(await readFile(join(packageFolder, "bin/fonts.tar.br"))))) {
    if (font.name.endsWith(".ttf")) await writeFile(join(draft, "fonts", basename(font.name)), font.content);
  }
  await writeFile(join(draft, "fonts/fonts.conf"), fontsConf(unpacked.fonts, join(home, "fonts-cache")));
  try {
    await rename(draft, home);
  } catch (error) {
    await rm(draft, { recursive: true });
    if (!(await exists(unpacked.executable))) throw error;
  }
  return unpacked;
}

function fontsConf(folder: string, cache: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${cache}</cachedir>
  <match target="pattern"><test name="family" compare="eq"><string>system-ui</string></test><edit name="family" mode="assign" binding="strong"><string>Open Sans</string></edit></match>
  <alias><family>sans-serif</family><prefer><family>Open Sans</family></prefer></alias>
</fontconfig>
`;
}

/** The plain files of a tar archive: blocks of 512 bytes, a header with name and octal size before each file. */
function* tarFiles(archive: Buffer): Iterable<{ name: string; content: Buffer }> {
  const text = (from: number, to: number) => archive.toString("utf8", from, to).split("\0", 1)[0]!;
  for (let header = 0; header + 512 <= archive.length && archive[header] !== 0; ) {
    const size = Number.parseInt(text(header + 124, header + 136), 8) || 0;
    const start = header + 512;
    if (size > 0) yield { name: text(header, header + 100), content: archive.subarray(start, start + size) };
    header = start + Math.ceil(size / 512) * 512;
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
