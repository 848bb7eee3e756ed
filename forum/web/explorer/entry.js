// The explorer: GraphiQL on the page `/explore`. tests/node/explorer.cjs makes graphiql.js and graphiql.css of it.
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { GraphiQL } from "graphiql";
import "@graphiql/react/dist/style.css";
import "graphiql/src/style.css";

// What was typed goes with the page: it is not for the next one who sits at a shared machine.
const kept = new Map();
const storage = {
  getItem: (name) => kept.get(name) ?? null,
  setItem: (name, value) => void kept.set(name, value),
  removeItem: (name) => void kept.delete(name),
  clear: () => kept.clear(),
  get length() {
    return kept.size;
  },
};

const place = document.getElementById("explorer");
const cost = document.getElementById("cost");

async function ask(sent) {
  const response = await fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/graphql-response+json, application/json" },
    body: JSON.stringify(sent),
  });
  const answer = await response.json();
  const points = answer.extensions?.cost;
  // Asking for the schema is the explorer's own request, and no news to anybody.
  if (points && sent.operationName !== "IntrospectionQuery") cost.textContent = `${points.requested} / ${points.limit}`;
  return answer;
}

const tabs = JSON.parse(place.dataset.tabs);
createRoot(place).render(createElement(GraphiQL, { fetcher: ask, storage, defaultTabs: tabs, shouldPersistHeaders: false }));
