"use strict";
(() => {
  const root = document.documentElement;
  const all = (query, from = document) => [...from.querySelectorAll(query)];
  root.classList.add("scripted");

  function themes() {
    const button = document.querySelector("[data-theme-button]");
    const dark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    const show = () => { button.textContent = dark() ? "Light" : "Dark"; };
    button.addEventListener("click", () => { root.dataset.theme = dark() ? "light" : "dark"; show(); });
    show();
  }

  function contents() {
    const links = new Map(all("nav.contents a").map((link) => [link.hash.slice(1), link]));
    const seen = new Set();
    const watch = new IntersectionObserver((entries) => {
      for (const entry of entries) entry.isIntersecting ? seen.add(entry.target.id) : seen.delete(entry.target.id);
      const first = [...links.keys()].find((id) => seen.has(id));
      links.forEach((link, id) => id === first ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current"));
    }, { rootMargin: "-10% 0px -55% 0px" });
    links.forEach((_link, id) => { const part = document.getElementById(id); if (part) watch.observe(part); });
  }

  function filters() {
    for (const input of all("input[data-filter]")) {
      const table = document.getElementById(input.dataset.filter);
      const told = document.getElementById(input.dataset.filter + "-told");
      const rows = all("tbody tr", table).filter((row) => !row.querySelector('[scope="rowgroup"]')).map((row) => [row, row.textContent.toLowerCase()]);
      const whole = told.textContent;
      input.addEventListener("input", () => {
        const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
        let shown = 0;
        for (const [row, text] of rows) { row.hidden = !words.every((word) => text.includes(word)); shown += !row.hidden; }
        for (const body of all("tbody", table)) body.hidden = ![...body.rows].some((row) => !row.hidden && !row.querySelector('[scope="rowgroup"]'));
        told.textContent = words.length ? `${shown} of ${rows.length} rows shown` : whole;
      });
    }
  }

  function sorting() {
    for (const head of all("table[data-sortable] thead th:not([data-unsorted])")) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const table = head.closest("table"), body = table.tBodies[0], column = head.cellIndex;
        const up = head.getAttribute("aria-sort") !== "ascending";
        const value = (row) => row.cells[column]?.dataset.value ?? row.cells[column]?.textContent.trim() ?? "";
        const rows = [...body.rows].map((row) => [value(row), row]);
        rows.sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true }) * (up ? 1 : -1));
        for (const other of head.parentNode.cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        body.append(...rows.map(([, row]) => row));
      });
    }
  }

  function copying() {
    for (const button of all("button[data-copy]")) {
      button.addEventListener("click", async () => {
        const text = document.getElementById(button.dataset.copy).textContent;
        try { await navigator.clipboard.writeText(text); button.textContent = "Copied"; } catch { getSelection().selectAllChildren(document.getElementById(button.dataset.copy)); button.textContent = "Selected"; }
        setTimeout(() => { button.textContent = "Copy"; }, 1600);
      });
    }
  }

  function diagram() {
    const canvas = document.getElementById("canvas"), svg = canvas?.querySelector("svg");
    if (!svg) return;
    const box = svg.viewBox.baseVal;
    const whole = box.width ? [box.x, box.y, box.width, box.height] : [0, 0, +svg.getAttribute("width") || 800, +svg.getAttribute("height") || 600];
    let view = [...whole];
    const draw = () => svg.setAttribute("viewBox", view.join(" "));
    const fit = () => {
      const natural = Math.ceil(whole[3] * Math.min(1, canvas.clientWidth / whole[2])) + 24;
      canvas.style.height = `${Math.max(Math.min(natural, innerHeight * .75, 640), 180)}px`;
      const frame = canvas.getBoundingClientRect(), scale = Math.max(whole[2] / frame.width, whole[3] / frame.height);
      view = [...whole];
      if (scale < 1) view = [whole[0] - (frame.width - whole[2]) / 2, whole[1] - (frame.height - whole[3]) / 2, frame.width, frame.height];
      draw();
    };
    const at = (x, y) => { const matrix = svg.getScreenCTM().inverse(); return [x * matrix.a + matrix.e, y * matrix.d + matrix.f]; };
    const zoom = (factor, x = view[0] + view[2] / 2, y = view[1] + view[3] / 2) => {
      const width = Math.min(Math.max(view[2] * factor, whole[2] / 20), Math.max(whole[2], canvas.clientWidth) * 3), ratio = width / view[2];
      view = [x - (x - view[0]) * ratio, y - (y - view[1]) * ratio, width, view[3] * ratio];
      draw();
    };
    const keys = { "+": () => zoom(.8), "=": () => zoom(.8), "-": () => zoom(1.25), 0: fit,
      ArrowLeft: () => move(-1, 0), ArrowRight: () => move(1, 0), ArrowUp: () => move(0, -1), ArrowDown: () => move(0, 1) };
    const move = (x, y) => { view[0] += x * view[2] / 12; view[1] += y * view[3] / 12; draw(); };
    for (const button of all("[data-zoom]")) button.addEventListener("click", () => keys[button.dataset.zoom]());
    canvas.addEventListener("keydown", (event) => { if (keys[event.key] && !event.ctrlKey && !event.metaKey) { keys[event.key](); event.preventDefault(); } });
    canvas.addEventListener("wheel", (event) => { if (event.ctrlKey || event.metaKey) { zoom(event.deltaY > 0 ? 1.12 : .89, ...at(event.clientX, event.clientY)); event.preventDefault(); } }, { passive: false });
    let from = null, moved = false;
    canvas.addEventListener("pointerdown", (event) => { if (event.button === 0) { from = [event.clientX, event.clientY]; moved = false; } });
    canvas.addEventListener("pointermove", (event) => {
      if (!from) return;
      const [dx, dy] = [event.clientX - from[0], event.clientY - from[1]];
      if (!moved && Math.hypot(dx, dy) < 4) return;
      if (!moved) { moved = true; canvas.setPointerCapture(event.pointerId); canvas.classList.add("dragging"); }
      const scale = 1 / svg.getScreenCTM().a;
      view[0] -= dx * scale; view[1] -= dy * scale; from = [event.clientX, event.clientY]; draw();
    });
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => { from = null; canvas.classList.remove("dragging"); });
    canvas.addEventListener("dragstart", (event) => event.preventDefault());
    fit();
    addEventListener("resize", fit);
    searching(canvas);
    proofs(canvas, () => moved);
  }

  function searching(canvas) {
    const input = document.getElementById("diagram-search");
    input.addEventListener("input", () => {
      const word = input.value.toLowerCase().trim(), near = new Set();
      for (const node of all("[data-node]", canvas)) {
        const hit = !word || node.textContent.toLowerCase().includes(word);
        node.classList.toggle("faded", !hit);
        if (hit) near.add(node.dataset.node);
      }
      for (const edge of all("[data-edge]", canvas)) edge.classList.toggle("faded", Boolean(word) && !edge.dataset.edge.split(" ").some((end) => near.has(end)));
    });
  }

  function proofs(canvas, wasDragged) {
    const panel = document.getElementById("proof"), base = canvas.dataset.fileBase, mark = canvas.dataset.lineMark;
    const name = (id) => all("[data-node]", canvas).find((node) => node.dataset.node === id)?.querySelector("text")?.textContent ?? id;
    const element = (tag, text, attributes = {}) => Object.assign(document.createElement(tag), { textContent: text }, attributes);
    const place = ([path, line]) => {
      const item = element("li", ""), address = base && base + path.split("/").map(encodeURIComponent).join("/") + mark + line;
      item.append(address ? element("a", `${path}:${line}`, { href: address, className: "place", rel: "noopener noreferrer" }) : element("span", `${path}:${line}`, { className: "place" }));
      return item;
    };
    const show = (title, detail, lines) => {
      const list = element("ul", "");
      list.append(...lines);
      panel.replaceChildren(element("strong", title), element("div", detail, { className: "dim" }), list);
    };
    const choose = (group) => {
      all(".chosen", canvas).forEach((other) => other.classList.remove("chosen"));
      group.classList.add("chosen");
      const title = group.querySelector("title")?.textContent ?? "";
      if (group.dataset.edge) {
        const [source, target] = group.dataset.edge.split(" ");
        let found = [];
        try { found = JSON.parse(group.dataset.evidence ?? "[]"); } catch { found = []; }
        show(`${name(source)} → ${name(target)}`, title.slice(title.indexOf(": ") + 1).split(", for instance")[0].trim(), found.map(place));
        return;
      }
      const id = group.dataset.node;
      const ends = all("[data-edge]", canvas).map((edge) => edge.dataset.edge.split(" "));
      const told = [...ends.filter(([source]) => source === id).map(([, target]) => `uses ${name(target)}`), ...ends.filter(([, target]) => target === id).map(([source]) => `is used by ${name(source)}`)];
      show(name(id), title.split("\n").slice(1).join(" · "), told.map((text) => element("li", text)));
    };
    canvas.addEventListener("click", (event) => {
      const group = event.target.closest("[data-edge], [data-node]");
      if (wasDragged()) { event.preventDefault(); return; }
      if (!group || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      choose(group);
    });
  }

  for (const part of [themes, contents, filters, sorting, copying, diagram]) {
    try { part(); } catch (error) { console.error(error); }
  }
})();
