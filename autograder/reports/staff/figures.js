/* The scores, as buttons; and the figures of Plotly, each drawn when it comes near the view. */

function scoresFigure() {
  const box = byId("scores-figure");
  const bars = DATA.bars;
  if (!bars.length) { box.append(make("p", {}, "No submission has a score.")); return; }
  const [left, right] = [bars[0].from, bars.at(-1).to];
  const total = bars.reduce((sum, bar) => sum + bar.who.length, 0);
  const highest = Math.max(...bars.map((bar) => bar.who.length));
  const chart = make("div", { className: "chart" });
  chart.setAttribute("role", "group");
  chart.setAttribute("aria-label", "Scores: a button for each bar");
  const picked = make("div", { className: "picked" });
  picked.setAttribute("aria-live", "polite");
  for (const bar of bars) {
    const n = bar.who.length;
    const full = bar.from === DATA.most ? "full marks" : "";
    const range = full ? `${bar.from} points (full marks)` : `${bar.from} to under ${bar.to} points`;
    const text = `${range}: ${counted(n, "student")}${n ? `, ${(100 * n / total).toFixed(1)} %` : ""}`;
    const fill = make("i", {});
    fill.style.height = `${(88 * n) / highest}%`;
    const button = make("button", { type: "button", disabled: !n }, n || "", fill);
    button.setAttribute("aria-label", text);
    button.setAttribute("aria-pressed", "false");
    button.onmousemove = (event) => tip(event, text);
    button.onmouseleave = () => tip(null, "");
    button.onclick = () => {
      for (const other of chart.children) other.setAttribute("aria-pressed", String(other === button));
      picked.replaceChildren(make("h3", {}, text), people(bar.who, null, range));
    };
    chart.append(button);
  }
  const ticks = make("div", { className: "ticks" });
  ticks.setAttribute("aria-hidden", "true");
  const place = (value) => `${(100 * (value - left)) / (right - left)}%`;
  const every = Math.ceil(bars.length / 8);
  bars.forEach((bar, number) => {
    if (number % every) return;
    const tick = make("span", {}, bar.from);
    tick.style.left = place(bar.from);
    ticks.append(tick);
  });
  const lines = make("div", { className: "lines" });
  const marks = [["mean", DATA.mean], ["median", DATA.median]];
  for (const [name, value] of marks) {
    const line = make("i", { className: name });
    line.style.left = place(value);
    lines.append(line);
  }
  const key = make("p", { className: "quiet" },
    `Dashed: mean ${DATA.mean.toFixed(1)}. Solid: median ${DATA.median.toFixed(1)}. Points along the bottom, students above each bar.`);
  box.append(chart, lines, ticks, key, picked);
}

let started;
/* Plotly rests in the page as text until here; the page's policy knows it by its hash. */
function plotly() {
  started ??= new Promise((resolve, reject) => {
    setTimeout(() => {
      document.head.append(make("script", {}, new Text(byId("plotly").textContent)));
      if (window.Plotly) resolve(window.Plotly);
      else reject(new Error("the plotting library did not start"));
    }, 30);
  });
  return started;
}

const drawn = [];
const coming = new IntersectionObserver((seen) => {
  for (const { isIntersecting, target } of seen) {
    if (!isIntersecting) continue;
    coming.unobserve(target);
    plotly().then(() => { target.classList.remove("waiting"); target.replaceChildren(); drawn.push(target); target.draw(); })
      .catch((error) => { target.textContent = `No figure: ${error.message}.`; });
  }
}, { rootMargin: "300px" });

function plot(boxId, label, height, draw) {
  const box = make("div", { className: "plot waiting" }, "Drawing…");
  box.style.height = `${height}px`;
  box.draw = () => draw(box);
  box.setAttribute("role", "figure");
  box.setAttribute("aria-label", label);
  byId(boxId).append(box);
  coming.observe(box);
  return box;
}
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawn.forEach((box) => box.draw()));

/* Plotly reads a little HTML in its labels: a student's text must not be any. */
const harmless = (text) => `\u2068${clean(text)}\u2069`.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const named = (number, ...more) => [harmless(STUDENTS[number].id.slice(0, 80)), ...more].join("<br>");

function look() {
  const style = getComputedStyle(document.documentElement);
  const of = (name) => style.getPropertyValue(name).trim();
  const axis = { gridcolor: of("--line"), zeroline: false, linecolor: of("--quiet"), automargin: true };
  const colours = { good: of("--accent"), bad: of("--bad"), text: of("--text"), soft: of("--good-soft"), quiet: of("--quiet"), human: of("--human") };
  const layout = (x, y, more = {}) => ({
    paper_bgcolor: "transparent", plot_bgcolor: "transparent", hovermode: "closest", showlegend: false,
    font: { color: of("--text"), family: getComputedStyle(document.body).fontFamily, size: 13 },
    hoverlabel: { bgcolor: of("--text"), font: { color: of("--page") }, align: "left", namelength: 0 },
    margin: { l: 48, r: 12, t: 8, b: 40 }, dragmode: matchMedia("(pointer: coarse)").matches ? false : "zoom",
    xaxis: { ...axis, ...x }, yaxis: { ...axis, ...y }, ...more,
  });
  return { colours, layout };
}
const CONFIG = { displayModeBar: false, responsive: true, scrollZoom: false, doubleClick: "reset" };

function show(box, traces, layout) {
  Plotly.react(box, traces, layout, CONFIG);
  box.removeAllListeners?.("plotly_click");
  box.on("plotly_click", ({ points: [point] }) => openStudent(point.customdata));
}

/* Where marks are spread so that they do not hide each other: even, and the same each time. */
const spread = (number) => (number * 0.6180339887) % 1;

function accuracyFigure(measure) {
  const { bounds } = measure;
  const present = measure.values.map((value, number) => [value, number]).filter(([value]) => value != null);
  const groups = {
    good: present.filter(([value]) => !outside(measure, value)),
    bad: present.filter(([value]) => outside(measure, value)),
  };
  const passes = bounds ? `${short(bounds[0])} to ${short(bounds[1])} passes, ${measure.outside} outside` : "no threshold";
  const name = measure.name[0].toUpperCase() + measure.name.slice(1);
  const words = make("p", { className: "quiet measured" }, `${measure.n} measured, median ${short(measure.median)}; ${passes}. `);
  if (measure.outside) {
    const button = make("button", { type: "button", className: "link" }, "Who is outside?");
    button.onclick = () => choose(groups.bad.map(([, number]) => number), `${measure.name} outside ${short(bounds[0])} to ${short(bounds[1])}`);
    words.append(button, " ");
  }
  byId("accuracies-figure").append(make("p", { className: "plot-title" }, name), words);
  const view = views(present.map(([value]) => value), bounds ?? []);
  const box = plot("accuracies-figure", `${name} of every student`, 160, () => {
    const { colours, layout } = look();
    const line = { color: colours.text, width: 1, dash: "dash" };
    const whole = { xref: "x", yref: "paper", y0: 0, y1: 1 };
    const shapes = bounds ? [
      { type: "rect", layer: "below", ...whole, x0: bounds[0], x1: bounds[1], fillcolor: colours.soft, line: { width: 0 } },
      ...bounds.map((bound) => ({ type: "line", ...whole, x0: bound, x1: bound, line })),
    ] : [];
    const trace = (kind, symbol) => ({
      type: "scatter", mode: "markers", x: groups[kind].map(([value]) => value),
      y: groups[kind].map(([, number]) => spread(number)),
      customdata: groups[kind].map(([, number]) => number), hoverinfo: "text",
      hovertext: groups[kind].map(([value, number]) => named(number, `${measure.name} ${value.toFixed(4)}`)),
      marker: { color: colours[kind], symbol, size: present.length > 1000 ? 5 : 7, opacity: 0.65 },
    });
    const y = { range: [-0.1, 1.1], showticklabels: false, showgrid: false, fixedrange: true };
    show(box, [trace("good", "circle"), trace("bad", "x")],
      layout({ range: view.range() }, y, { shapes, margin: { l: 8, r: 8, t: 4, b: 28 } }));
  });
  words.append(...view.button(box, "students"));
}
const short = (value) => String(+value.toFixed(4));

/* Two views of an axis: everything, and what most values and the thresholds near them fill. The
   second is where to begin if a few far away would squeeze all others; a button says how many. */
function views(values, bounds) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share) => sorted[Math.round(share * (sorted.length - 1))];
  const around = (low, high) => [low - 0.04 * (high - low || 0.1), high + 0.04 * (high - low || 0.1)];
  const full = around(Math.min(sorted[0], ...bounds), Math.max(sorted.at(-1), ...bounds));
  const room = Math.max(at(0.95) - at(0.05), 1e-4);
  const near = [Math.max(sorted[0], at(0.05) - room / 2), Math.min(sorted.at(-1), at(0.95) + room / 2)];
  const reached = bounds.filter((bound) => bound > near[0] - 2 * room && bound < near[1] + 2 * room);
  const close = around(Math.min(near[0], ...reached), Math.max(near[1], ...reached));
  const beyond = sorted.filter((value) => value < close[0] || value > close[1]).length;
  let zoomed = beyond > 0 && close[1] - close[0] < 0.7 * (full[1] - full[0]);
  return {
    range: () => (zoomed ? close : full),
    button(box, what) {
      if (!zoomed) return [];
      const button = make("button", { type: "button" });
      const label = () => { button.textContent = zoomed ? `Show all: ${beyond} ${what} are beyond this view` : "Zoom to most"; };
      button.onclick = () => { zoomed = !zoomed; label(); if (drawn.includes(box)) box.draw(); };
      label();
      return [button];
    },
  };
}

function curvesFigure() {
  if (!DATA.curves.length) return;
  const option = (curve, place) => make("option", { value: place }, `${curve.name} (${counted(curve.n, "student")})`);
  const select = make("select", { id: "curve" }, ...DATA.curves.map(option));
  const test = DATA.accuracies.find((measure) => measure.name === "test accuracy" && measure.bounds);
  const bad = (number) => Boolean(test && test.values[number] != null && outside(test, test.values[number]));
  const key = test ? "Blue: networks whose test accuracy passes. Red, dotted: those whose does not. " : "";
  const words = make("p", { className: "quiet measured" }, key,
    "Thick: the median. Point at a curve to see whose it is, select it for details, drag to zoom. ");
  byId("curves-figure").append(make("div", { className: "controls" }, make("label", {}, "Shown ", select)), words);
  const range = DATA.curves.map((curve) => views(curve.values.flatMap((values) => (values ?? []).filter((value) => value != null)), []));
  const switches = make("span", {});
  words.append(switches);
  const box = plot("curves-figure", "Learning curves of every student, with the median", 400, () => {
    const { colours, layout } = look();
    const curve = DATA.curves[select.value];
    const numbers = STUDENTS.map((_, number) => number).filter((number) => curve.values[number]);
    const opacity = Math.max(0.12, Math.min(0.9, 30 / numbers.length));
    const median = {
      type: "scatter", mode: "lines+markers", hoverinfo: "skip", y: curve.median,
      x: curve.median.map((_, epoch) => epoch + 1), line: { color: colours.text, width: 3 }, marker: { color: colours.text, size: 7 },
    };
    const longest = Math.max(...numbers.map((number) => curve.values[number].length));
    const x = { title: { text: "epoch" }, dtick: longest <= 20 ? 1 : undefined, range: [0.8, longest + 0.2] };
    show(box, [
      curveTrace(curve, numbers.filter((number) => !bad(number)), { color: colours.good, width: 1.5 }, opacity),
      curveTrace(curve, numbers.filter(bad), { color: colours.bad, width: 1.5, dash: "dot" }, Math.min(1, 2 * opacity + 0.2)),
      median,
    ], layout(x, { title: { text: harmless(curve.name) }, range: range[select.value].range() }));
    box.removeAllListeners("plotly_hover");
    box.on("plotly_hover", ({ points: [point] }) => {
      // A shape: a further trace would make Plotly compute all curves anew.
      const path = curve.values[point.customdata].map((value, epoch) => [epoch + 1, value]).filter(([, value]) => value != null);
      const line = { color: colours.human, width: 3 };
      Plotly.relayout(box, { shapes: [{ type: "path", path: `M${path.map((at) => at.join(",")).join("L")}`, line }] });
    });
  });
  const change = () => {
    switches.replaceChildren(...range[select.value].button(box, "values"));
    if (drawn.includes(box)) box.draw();
  };
  select.onchange = change;
  change();
}

/* Many curves as one line with gaps: a line for each of 5,000 students would be too slow. */
function curveTrace(curve, numbers, line, opacity) {
  const [x, y, customdata, hovertext] = [[], [], [], []];
  for (const number of numbers) {
    curve.values[number].forEach((value, epoch) => {
      x.push(epoch + 1);
      y.push(value);
      customdata.push(number);
      hovertext.push(named(number, `epoch ${epoch + 1}: ${value == null ? "not a number" : short(value)}`));
    });
    x.push(null);
    y.push(null);
    customdata.push(number);
    hovertext.push("");
  }
  return { type: "scatter", mode: "lines", x, y, customdata, hovertext, hoverinfo: "text", opacity, line };
}

function usedFigure() {
  const numbers = STUDENTS.map((_, number) => number).filter((number) => STUDENTS[number].score != null && STUDENTS[number].seconds > 0);
  if (!numbers.length) return;
  const memory = numbers.some((number) => STUDENTS[number].memory);
  const box = plot("used-figure", "Time and memory of every student", 320, () => {
    const { colours, layout } = look();
    const trace = {
      type: "scatter", mode: "markers", x: numbers.map((n) => STUDENTS[n].seconds), y: numbers.map((n) => (memory ? STUDENTS[n].memory : spread(n))),
      customdata: numbers, hoverinfo: "text", marker: { color: colours.good, size: 7, opacity: 0.6 },
      hovertext: numbers.map((n) => named(n, `${STUDENTS[n].seconds.toFixed(1)} s${STUDENTS[n].core ? `, ${STUDENTS[n].core.toFixed(1)} core-s` : ""}${memory && STUDENTS[n].memory ? `, ${STUDENTS[n].memory.toFixed(0)} MB` : ""}`)),
    };
    show(box, [trace], layout({ title: { text: "seconds by the clock" } }, memory ? { title: { text: "memory at its peak, MB" } } : { showticklabels: false }));
  });
}

scoresFigure();
DATA.accuracies.forEach(accuracyFigure);
curvesFigure();
usedFigure();
document.documentElement.dataset.ready = "yes";
