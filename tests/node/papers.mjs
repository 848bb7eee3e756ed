// What pdf.js reads of PDF files, as its viewer's search does: `papers.mjs FILE...`, JSON of one text a file.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { getDocument } = await import(pathToFileURL(`${process.env.NODE_MODULES}/pdfjs-dist/legacy/build/pdf.mjs`));
const texts = [];
for (const name of process.argv.slice(2)) {
  const paper = await getDocument({ data: new Uint8Array(readFileSync(name)), verbosity: 0 }).promise;
  let text = "";
  for (let n = 1; n <= paper.numPages; n++) {
    const { items } = await (await paper.getPage(n)).getTextContent({ disableNormalization: true });
    text += items.map((item) => item.str + (item.hasEOL ? "\n" : "")).join("") + "\n";
  }
  texts.push(text);
}
process.stdout.write(JSON.stringify(texts));
