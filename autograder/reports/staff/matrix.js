/* Students × cases, painted on a canvas as large as what is in view: 150,000 cells are no nodes. */
const matrix = { order: [], row: 0, column: 0, height: 4, names: 0 };
const HIGHEST = 520;
const LEGIBLE = 14;

function buildMatrix() {
  if (!STUDENTS.length || !CASES.length) return;
  const heads = make("div", { className: "heads" });
  heads.setAttribute("aria-hidden", "true");
  const canvas = make("canvas", {});
  canvas.setAttribute("aria-hidden", "true");
  const height = Math.max(3, Math.min(18, Math.floor(HIGHEST / STUDENTS.length)));
  const inner = make("div", {}, canvas);
  inner.style.height = `${height * STUDENTS.length}px`;
  const grid = make("div", { className: "grid", tabIndex: 0 }, inner);
  grid.setAttribute("role", "application");
  grid.setAttribute("aria-label", "Matrix of students and cases: arrow keys move, Enter opens the student");
  grid.setAttribute("aria-describedby", "cell");
  const cell = make("p", { id: "cell", dir: "auto" }, "");
  cell.setAttribute("role", "status");
  byId("matrix-figure").append(heads, grid, cell);
  Object.assign(matrix, { heads, canvas, grid, cell, height });
  byId("matrix-order").onchange = orderMatrix;
  grid.addEventListener("scroll", paint);
  new ResizeObserver(measureMatrix).observe(grid);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
  canvas.onmousemove = (event) => { if (at(event)) { tip(event, cellText()); paint(); } };
  canvas.onmouseleave = () => { tip(null, ""); matrix.pointed = false; paint(); };
  canvas.onclick = (event) => { if (at(event)) openStudent(matrix.order[matrix.row]); };
  grid.onkeydown = moveByKey;
  grid.onblur = () => { matrix.pointed = false; paint(); };
  grid.onfocus = () => { matrix.pointed = true; cell.textContent = cellText(); paint(); };
  orderMatrix();
}

function orderMatrix() {
  const numbers = STUDENTS.map((_, number) => number);
  const how = byId("matrix-order").value;
  const sign = how === "high" ? -1 : 1;
  const score = (number) => (STUDENTS[number].score == null ? 1e9 : sign * STUDENTS[number].score);
  if (how === "low" || how === "high") numbers.sort((a, b) => score(a) - score(b) || a - b);
  if (how === "alike") numbers.sort((a, b) => (STUDENTS[a].cases < STUDENTS[b].cases ? 1 : -1));
  Object.assign(matrix, { order: numbers, row: 0, column: 0 });
  matrix.grid.scrollTop = 0;
  paint();
}

/* Sizes follow the width; names are written beside the rows where those are high enough. */
function measureMatrix() {
  const { grid, canvas, heads, height } = matrix;
  const width = grid.clientWidth;
  matrix.names = height >= LEGIBLE && width > 600 ? 180 : 0;
  matrix.wide = (width - matrix.names) / CASES.length;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${grid.clientHeight}px`;
  canvas.width = width * devicePixelRatio;
  canvas.height = grid.clientHeight * devicePixelRatio;
  heads.style.paddingLeft = `${matrix.names}px`;
  heads.replaceChildren(...DATA.questions.map(([name, , cases]) => {
    const head = make("span", {}, name);
    head.style.width = `${cases * matrix.wide}px`;
    return head;
  }));
  paint();
}

function paint() {
  const { canvas, grid, height, names, wide } = matrix;
  if (!wide) return;
  const colours = getComputedStyle(document.documentElement);
  const colour = (name) => colours.getPropertyValue(name).trim();
  const fills = { P: colour("--P"), F: colour("--F"), N: colour("--N"), U: colour("--U") };
  const [page, text, line] = [colour("--page"), colour("--text"), colour("--quiet")];
  const draw = canvas.getContext("2d");
  draw.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, -grid.scrollTop * devicePixelRatio);
  draw.fillStyle = page;
  draw.fillRect(0, grid.scrollTop, grid.clientWidth, grid.clientHeight);
  draw.font = `12px ${getComputedStyle(document.body).fontFamily}`;
  draw.textBaseline = "middle";
  const gap = height > 8 ? 1 : 0;
  const first = Math.floor(grid.scrollTop / height);
  const last = Math.min(matrix.order.length, Math.ceil((grid.scrollTop + grid.clientHeight) / height));
  for (let row = first; row < last; row++) {
    const student = STUDENTS[matrix.order[row]];
    if (names) {
      draw.fillStyle = text;
      draw.fillText(fitting(draw, clean(student.id), names - 12), 4, (row + 0.5) * height);
    }
    for (let column = 0; column < CASES.length; column++) {
      draw.fillStyle = fills[student.cases[column]] ?? page;
      draw.fillRect(names + column * wide, row * height, wide - 1, height - gap);
    }
  }
  draw.fillStyle = line;
  let column = 0;
  for (const [, , cases] of DATA.questions) {
    if (column) draw.fillRect(names + column * wide - 1, grid.scrollTop, 1, grid.clientHeight);
    column += cases;
  }
  if (!matrix.pointed) return;
  draw.strokeStyle = text;
  draw.lineWidth = 1.5;
  draw.strokeRect(names + matrix.column * wide - 1, matrix.row * height - 1, wide + 1, height + 2);
}

function fitting(draw, text, width) {
  let shown = text.slice(0, 60);
  if (shown === text && draw.measureText(text).width <= width) return text;
  while (shown && draw.measureText(`${shown}…`).width > width) shown = shown.slice(0, -1);
  return `${shown}…`;
}

/* Put the cursor where the pointer is; false where no cell is. */
function at(event) {
  const box = matrix.canvas.getBoundingClientRect();
  const row = Math.floor((event.clientY - box.top + matrix.grid.scrollTop) / matrix.height);
  const column = Math.floor((event.clientX - box.left - matrix.names) / matrix.wide);
  if (row < 0 || row >= matrix.order.length || column >= CASES.length) return false;
  Object.assign(matrix, { row, column: Math.max(0, column), pointed: true });
  return true;
}

function cellText() {
  const student = STUDENTS[matrix.order[matrix.row]];
  const outcome = student.cases[matrix.column];
  const { question, label, hidden } = CASES[matrix.column];
  const found = DATA.texts[student.found?.[matrix.column]];
  const head = `\u2068${clean(student.id)}\u2069 (${points(student.score)} points)`;
  const what = `${question}, ${label}${hidden ? " (hidden)" : ""}: ${WORDS[outcome]}`;
  const why = found ? `\n${found.length > 300 ? `${found.slice(0, 300)}…` : found}` : "";
  return clean(`${head}\n${what}${why}`);
}

function moveByKey(event) {
  const page = Math.max(1, Math.floor(matrix.grid.clientHeight / matrix.height) - 1);
  const steps = {
    ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1],
    PageUp: [-page, 0], PageDown: [page, 0], Home: [-Infinity, 0], End: [Infinity, 0],
  };
  if (event.key === "Enter") openStudent(matrix.order[matrix.row]);
  const step = steps[event.key];
  if (!step) return;
  event.preventDefault();
  const { grid, height } = matrix;
  matrix.row = Math.min(matrix.order.length - 1, Math.max(0, matrix.row + step[0]));
  matrix.column = Math.min(CASES.length - 1, Math.max(0, matrix.column + step[1]));
  const top = matrix.row * height;
  if (top < grid.scrollTop) grid.scrollTop = top;
  if (top + height > grid.scrollTop + grid.clientHeight) grid.scrollTop = top + height - grid.clientHeight;
  matrix.pointed = true;
  matrix.cell.textContent = cellText();
  paint();
}

buildMatrix();
