// Reads {"texts": [...]} from standard input; prints, for each version of Mermaid, the texts that it refuses.
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";

const dom = new JSDOM("<!doctype html><body></body>", { pretendToBeVisual: true });
for (const name of ["window", "document", "Element", "HTMLElement", "Node", "DOMParser", "SVGElement", "MutationObserver"]) {
  globalThis[name] = name === "window" ? dom.window : dom.window[name];
}

const { texts } = JSON.parse(readFileSync(0, "utf8"));
const refused = {};
for (const version of process.argv.slice(2)) {
  const { default: mermaid } = await import(version);
  mermaid.initialize({ startOnLoad: false, securityLevel: "strict" });
  refused[version] = [];
  for (const [index, text] of texts.entries()) {
    try {
      const answer = await mermaid.parse(text);
      if (answer === false) refused[version].push([index, "parse gave false"]);
    } catch (error) {
      refused[version].push([index, String(error && (error.message || error.str || error)).slice(0, 300)]);
    }
  }
}
process.stdout.write(JSON.stringify(refused));
