// Bundle each widget's modules into one file and one stylesheet: a widget's module is loaded from
// text, so it can import no neighbour. `--check` compares with what is committed instead.
import { readFileSync, readdirSync } from "node:fs";
import { basename } from "node:path";
import { build } from "esbuild";

const SOURCE = "cnnlib/widgets/js";
const TARGET = "cnnlib/widgets/static";
const MOST_BYTES = 60_000;

// A widget's entry is the script that stands beside a stylesheet of the same name.
const files = readdirSync(SOURCE);
const entries = files
  .filter((name) => name.endsWith(".css") && files.includes(name.replace(/css$/, "js")))
  .map((name) => `${SOURCE}/${name.replace(/css$/, "js")}`);

const { outputFiles = [] } = await build({
  entryPoints: entries,
  outdir: TARGET,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  write: !process.argv.includes("--check"),
  logLevel: "warning",
});

const committed = (path) => {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
};
const stale = outputFiles.filter(({ path, contents }) => !committed(path).equals(Buffer.from(contents)));
for (const { path } of stale) console.error(`stale: ${basename(path)}: run make bundle`);
const heavy = readdirSync(TARGET).filter(
  (name) => name.endsWith(".js") && committed(`${TARGET}/${name}`).length > MOST_BYTES,
);
for (const name of heavy) console.error(`too large: ${name} is over ${MOST_BYTES} bytes`);
process.exitCode = stale.length || heavy.length ? 1 : 0;
