// Makes the explorer of forum/web/explorer: node explorer.cjs FOLDER-OF-THE-SOURCE FOLDER-TO-WRITE-TO
//
// The same packages give the same bytes. Beside the script and its style stand the licences of all that is in them.
const { buildSync } = require("esbuild");
const { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const [source, target] = process.argv.slice(2);
const home = join(process.env.NODE_PATH, ".."); // whose node_modules it is made of
const made = buildSync({
  stdin: { contents: readFileSync(join(source, "entry.js"), "utf-8"), resolveDir: home, sourcefile: "entry.js" },
  absWorkingDir: home,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020",
  define: { "process.env.NODE_ENV": '"production"' },
  legalComments: "none",
  outfile: join(target, "graphiql.js"),
  metafile: true,
  write: false,
  logLevel: "error",
});

function packageOf(input) {
  const path = input.slice(input.lastIndexOf("node_modules/") + "node_modules/".length).split("/");
  const name = path[0].startsWith("@") ? path.slice(0, 2).join("/") : path[0];
  return input.slice(0, input.lastIndexOf("node_modules/")) + "node_modules/" + name;
}

const inside = Object.keys(made.metafile.inputs).filter((input) => input.includes("node_modules/"));
const licences = [...new Set(inside.map(packageOf))].sort().map((folder) => {
  const known = JSON.parse(readFileSync(join(home, folder, "package.json"), "utf-8"));
  const file = readdirSync(join(home, folder)).sort().find((name) => /^licen[cs]e/i.test(name));
  const text = file ? readFileSync(join(home, folder, file), "utf-8").trim() : `Licence: ${known.license}`;
  return `${known.name} ${known.version} (${known.license})\n\n${text.replaceAll("\r\n", "\n")}\n`;
});

if (!existsSync(target)) mkdirSync(target, { recursive: true });
for (const file of made.outputFiles) writeFileSync(join(target, file.path.split(/[\\/]/).pop()), file.contents);
writeFileSync(join(target, "LICENCES.txt"), licences.join(`\n${"-".repeat(72)}\n\n`));
