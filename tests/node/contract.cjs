// The contract and its operations, as two tools of portals read them: graphql-codegen and graphql-inspector.
// node contract.cjs SCHEMA OPERATIONS EARLIER - prints as JSON: what was typed, what is invalid or deprecated, and how
// the earlier contract differs. Where the packages are is said by NODE_PATH.
"use strict";

const { readFileSync, readdirSync } = require("node:fs");
const { join } = require("node:path");
const { buildSchema, parse, print, Source } = require("graphql");
const { codegen } = require("@graphql-codegen/core");
const { diff, validate } = require("@graphql-inspector/core");
const typescript = require("@graphql-codegen/typescript");
const operations = require("@graphql-codegen/typescript-operations");

async function main([schemaFile, folder, earlierFile]) {
  const text = readFileSync(schemaFile, "utf8");
  const schema = buildSchema(text);
  const files = readdirSync(folder).filter((name) => name.endsWith(".graphql")).sort();
  const documents = files.map((name) => ({ location: name, document: parse(readFileSync(join(folder, name), "utf8")) }));
  const typed = await codegen({
    filename: "portal.ts",
    schema: parse(text),
    schemaAst: schema,
    documents,
    config: { strictScalars: true, scalars: scalarsOf(schema) },
    plugins: [{ typescript: {} }, { operations: {} }],
    pluginMap: { typescript, operations },
  });
  const sources = documents.map(({ document, location }) => new Source(print(document), location));
  const invalid = validate(schema, sources).map(({ source, errors, deprecated }) => ({
    file: source.name,
    says: [...errors, ...deprecated].map((error) => error.message),
  }));
  const changes = await diff(buildSchema(readFileSync(earlierFile, "utf8")), schema);
  const breaking = changes.filter((change) => change.criticality.level === "BREAKING").map((change) => change.message);
  console.log(JSON.stringify({ types: typed.match(/^export type \w+/gm), invalid, breaking }));
}

// Each scalar of our own must be named with its type in TypeScript, or strictScalars refuses the contract.
function scalarsOf(schema) {
  const builtIn = ["ID", "String", "Int", "Float", "Boolean"];
  const own = Object.values(schema.getTypeMap()).filter((type) => type.constructor.name === "GraphQLScalarType");
  return Object.fromEntries(own.filter(({ name }) => !builtIn.includes(name)).map(({ name }) => [name, "string"]));
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
