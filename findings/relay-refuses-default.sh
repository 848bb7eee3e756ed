#!/usr/bin/env bash
# relay-compiler 21.0.1 refuses an operation that GraphQL allows: a non-null variable with a default value.
#
# "query Q($more: Boolean! = false)" is valid (GraphQL, September 2025, section 6.1.2: with a default the variable may be
# left out), graphql-js 16.11.0 validates it and executes it without a value for the variable. The Relay compiler ends
# with an error and writes nothing; "$more: Boolean = false" compiles.
#
# Why it matters here: operations that a service ships for portals must be written "Boolean = false", or a portal
# that is built with Relay cannot use them.
#
# Seen on 2026-11-28, Node 20:
#   graphql-js: 0 errors, {"forum":"GFMD"}
#   relay-compiler, Boolean = false: exit 0
#   relay-compiler, Boolean! = false: exit 1
#   Non-nullable variable 'more' has a default value
#
# Exits 0 while the compiler behaves so, 1 when it changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund relay-compiler@21.0.1 graphql@16.11.0 >/dev/null
mkdir src
echo 'type Query { forum: String  more: String }' > schema.graphql
echo 'query appQuery($more: Boolean! = false) { forum more @include(if: $more) }' > operation.graphql
echo '{"src": "./src", "schema": "./schema.graphql", "language": "javascript", "eagerEsModules": false}' > relay.config.json

cat > check.js <<'JS'
const fs = require("fs");
const { buildSchema, executeSync, parse, validate } = require("graphql");
const schema = buildSchema(fs.readFileSync("schema.graphql", "utf8"));
const document = parse(fs.readFileSync("operation.graphql", "utf8"));
const errors = validate(schema, document);
const answer = executeSync({ schema, document, rootValue: { forum: "GFMD", more: "" } });
console.log(`graphql-js: ${errors.length} errors, ${JSON.stringify(answer.data)}`);
process.exit(errors.length === 0 && answer.data.forum === "GFMD" ? 0 : 1);
JS
node check.js

compiles() { # an operation -> 0 or the compiler's exit status; what it says is in compiler.out
  echo "import { graphql } from 'react-relay'; export const app = graphql\`$1\`;" > src/app.js
  npx relay-compiler relay.config.json > compiler.out 2>&1
}
compiles 'query appQuery($more: Boolean = false) { forum more @include(if: $more) }'
echo "relay-compiler, Boolean = false: exit 0"
status=0
compiles "$(cat operation.graphql)" || status=$?
echo "relay-compiler, Boolean! = false: exit $status"
grep -o "Non-nullable variable 'more' has a default value" compiler.out
[ "$status" != 0 ]
