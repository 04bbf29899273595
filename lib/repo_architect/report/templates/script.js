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

  const element = (tag, text, attributes = {}) => Object.assign(document.createElement(tag), { textContent: text }, attributes);

  // every diagram by its id, the one that the page begins with first
  function knownViews(canvas) {
    const first = { id: canvas.dataset.view ?? "", title: canvas.dataset.title ?? "", parent: "", box: "", about: "", svg: canvas.querySelector("svg") };
    // the style sheet is that of the first and serves them all
    document.head.append(...all("style", first.svg ?? canvas));
    const others = all("template[data-view]").map((kept) => ({ ...kept.dataset, id: kept.dataset.view, svg: kept.content.querySelector("svg") }));
    return new Map([first, ...others].filter((view) => view.svg).map((view) => [view.id, view]));
  }

  function diagram() {
    const canvas = document.getElementById("canvas");
    if (!canvas?.querySelector("svg")) return;
    const views = knownViews(canvas), pages = viewer(canvas);
    const address = (id) => "#architecture/" + id.split("/").map(encodeURIComponent).join("/");
    const inside = (id) => new Map([...views.values()].filter((view) => view.parent === id && view.box).map((view) => [view.box, view]));
    const asked = () => { try { return decodeURIComponent(location.hash.replace(/^#architecture\//, "")); } catch { return ""; } };
    let shown = null;
    const open = (view) => {
      shown = view;
      const svg = view.svg.cloneNode(true), below = inside(view.id);
      canvas.querySelector("svg").replaceWith(svg);
      reachable(svg, below);
      pages.load(svg);
      crumbs(view, views, address);
      listInside(below, address);
      document.getElementById("proof").replaceChildren(element("span", "Choose an arrow or a box to see what shows it.", { className: "dim" }));
      find();
    };
    const follow = () => {
      const view = location.hash.startsWith("#architecture/") ? views.get(asked()) : null;
      if (view) { if (view !== shown) open(view); document.getElementById("architecture").scrollIntoView(); }
      else if (["", "#architecture"].includes(location.hash) || !shown) { const first = views.values().next().value; if (first !== shown) open(first); }
    };
    const find = searching(canvas, views, () => shown, address);
    proofs(canvas, pages.wasDragged, (id) => inside(shown.id).get(id), address);
    addEventListener("hashchange", follow);
    follow();
  }

  // boxes and arrows for keyboard and screen reader, and a mark on what can be opened
  function reachable(svg, below) {
    svg.setAttribute("role", "group");
    for (const group of all("[data-node], [data-edge]", svg)) {
      const target = group.querySelector("a") ?? group, opens = below.get(group.dataset.node);
      if (target === group) { group.setAttribute("tabindex", "0"); group.setAttribute("role", "button"); }
      const title = group.querySelector("title")?.textContent.replace(/\n/g, ", ") ?? "";
      target.setAttribute("aria-label", opens ? `${title}; Shift and Enter opens its diagram` : title);
      if (!opens) continue;
      group.classList.add("opens");
      const shape = group.querySelector(".shape, rect, path, polygon")?.getBBox?.();
      if (!shape) continue;
      const mark = document.createElementNS(svg.namespaceURI, "path"), x = shape.x + shape.width - 15, y = shape.y + 5;
      mark.setAttribute("d", `M${x} ${y}h9v9M${x + 9} ${y}l-8 8`);
      mark.setAttribute("class", "mark");
      group.append(mark);
    }
  }

  function crumbs(view, views, address) {
    const nav = document.getElementById("view-crumbs");
    if (!nav) return;
    const way = [];
    for (let here = view; here; here = views.get(here.parent)) way.unshift(here);
    const link = (to) => {
      const found = element("a", to.title, { href: address(to.id) });
      if (to === view) found.setAttribute("aria-current", "page");
      return found;
    };
    const tops = [...views.values()].filter((each) => !each.parent), list = element("ol", "");
    const first = element("li", "");
    first.append(...tops.map((top) => { const found = link(top); found.classList.toggle("on", top === way[0]); return found; }));
    list.append(first, ...way.slice(1).map((step) => { const item = element("li", ""); item.append(link(step)); return item; }));
    nav.replaceChildren(list);
  }

  function listInside(below, address) {
    const room = document.getElementById("view-inside");
    if (!room) return;
    const list = element("ul", "");
    list.append(...[...below.values()].sort((a, b) => a.title.localeCompare(b.title)).map((view) => {
      const item = element("li", "");
      item.append(element("a", view.title, { href: address(view.id) }), element("span", ` ${view.about}`, { className: "dim" }));
      return item;
    }));
    room.replaceChildren(...(below.size ? [element("h3", "Look inside"), list] : []));
  }

  // zoom and pan of whatever diagram the canvas holds
  function viewer(canvas) {
    let svg, whole, view, from = null, moved = false;
    const draw = () => svg.setAttribute("viewBox", view.join(" "));
    const load = (given) => {
      svg = given;
      const box = svg.viewBox.baseVal;
      whole = box.width ? [box.x, box.y, box.width, box.height] : [0, 0, +svg.getAttribute("width") || 800, +svg.getAttribute("height") || 600];
      fit();
    };
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
    const move = (x, y) => { view[0] += x * view[2] / 12; view[1] += y * view[3] / 12; draw(); };
    const keys = { "+": () => zoom(.8), "=": () => zoom(.8), "-": () => zoom(1.25), 0: fit,
      ArrowLeft: () => move(-1, 0), ArrowRight: () => move(1, 0), ArrowUp: () => move(0, -1), ArrowDown: () => move(0, 1) };
    for (const button of all("[data-zoom]")) button.addEventListener("click", () => keys[button.dataset.zoom]());
    canvas.addEventListener("keydown", (event) => { if (keys[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey) { keys[event.key](); event.preventDefault(); } });
    canvas.addEventListener("wheel", (event) => { if (event.ctrlKey || event.metaKey) { zoom(event.deltaY > 0 ? 1.12 : .89, ...at(event.clientX, event.clientY)); event.preventDefault(); } }, { passive: false });
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
    addEventListener("resize", () => { if (svg) fit(); });
    return { load, wasDragged: () => moved };
  }

  // fades what does not match here, and leads to the diagrams inside boxes where something does
  function searching(canvas, views, shown, address) {
    const input = document.getElementById("diagram-search"), room = document.getElementById("diagram-found");
    const words = new Map();
    const says = (node) => (node.querySelector("title") ?? node).textContent.toLowerCase() + " " + node.textContent.toLowerCase();
    const elsewhere = (word) => {
      if (!words.size) for (const view of views.values()) words.set(view, all("[data-node]", view.svg).map(says));
      return [...words].filter(([view, texts]) => view !== shown() && texts.some((text) => text.includes(word))).map(([view]) => view);
    };
    const find = () => {
      const word = input.value.toLowerCase().trim(), near = new Set();
      for (const node of all("[data-node]", canvas)) {
        const hit = !word || says(node).includes(word);
        node.classList.toggle("faded", !hit);
        if (hit) near.add(node.dataset.node);
      }
      for (const edge of all("[data-edge]", canvas)) edge.classList.toggle("faded", Boolean(word) && !edge.dataset.edge.split(" ").some((end) => near.has(end)));
      const others = word.length > 1 ? elsewhere(word).slice(0, 8) : [];
      const links = others.flatMap((view) => [document.createTextNode(" "), element("a", view.title, { href: address(view.id) })]);
      room.replaceChildren(...(word ? [element("span", `${near.size} here.`)] : []), ...(others.length ? [element("span", " Also in:"), ...links] : []));
    };
    input.addEventListener("input", find);
    return find;
  }

  function proofs(canvas, wasDragged, inside, address) {
    const panel = document.getElementById("proof"), base = canvas.dataset.fileBase, mark = canvas.dataset.lineMark;
    const name = (id) => all("[data-node]", canvas).find((node) => node.dataset.node === id)?.querySelector("text")?.textContent ?? id;
    const place = ([path, line]) => {
      const item = element("li", ""), to = base && base + path.split("/").map(encodeURIComponent).join("/") + mark + line;
      item.append(to ? element("a", `${path}:${line}`, { href: to, className: "place", rel: "noopener noreferrer" }) : element("span", `${path}:${line}`, { className: "place" }));
      return item;
    };
    const show = (title, detail, lines, more = []) => {
      const list = element("ul", "");
      list.append(...lines);
      panel.replaceChildren(element("strong", title), element("div", detail, { className: "dim" }), ...more, list);
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
      const id = group.dataset.node, below = inside(id);
      const ends = all("[data-edge]", canvas).map((edge) => edge.dataset.edge.split(" "));
      const told = [...ends.filter(([source]) => source === id).map(([, target]) => `uses ${name(target)}`), ...ends.filter(([, target]) => target === id).map(([source]) => `is used by ${name(source)}`)];
      show(name(id), title.split("\n").slice(1).join(" · "), told.map((text) => element("li", text)),
        below ? [element("a", `Open its diagram (${below.about})`, { href: address(below.id) })] : []);
    };
    const enter = (group) => { const below = group?.dataset.node && inside(group.dataset.node); if (below) location.hash = address(below.id); return Boolean(below); };
    canvas.addEventListener("click", (event) => {
      const group = event.target.closest("[data-edge], [data-node]");
      if (wasDragged()) { event.preventDefault(); return; }
      if (!group || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      choose(group);
    });
    canvas.addEventListener("dblclick", (event) => { if (enter(event.target.closest("[data-node]"))) event.preventDefault(); });
    canvas.addEventListener("keydown", (event) => {
      const group = event.target.closest("[data-edge], [data-node]");
      if (!group || (event.key !== "Enter" && event.key !== " ")) return;
      event.preventDefault();
      if (!event.shiftKey || !enter(group)) choose(group);
    });
  }

  for (const part of [themes, contents, filters, sorting, copying, diagram]) {
    try { part(); } catch (error) { console.error(error); }
  }
})();
