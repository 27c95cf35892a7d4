/* The table of students: search, filters, sorting; and `choose`, by which any part of the page
   shows a selection in it. */
const LONGEST_TITLE = 120;
const table = { rows: [], sort: 0, down: false, chosen: null };

const COLUMNS = [
  { name: "Student", value: (s) => s.id, cell: (s, n) =>
    make("td", { className: "id" }, feedback(s), " ", detailsButton(n)) },
  { name: "Status", value: (s) => s.status, cell: (s) => make("td", {}, status(s)) },
  numeric("Score", (s) => s.score, points),
  ...DATA.questions.map(([name, possible], which) =>
    numeric(name, (s) => s.points[which], points, (got) => got != null && got < possible)),
  { name: "Flags", value: (_, n) => FLAGS.get(n)?.length, cell: (_, n) =>
    make("td", {}, ...[...new Set((FLAGS.get(n) ?? []).map(([name]) => name))].map((name) => badge(name, "human"))) },
  ...DATA.accuracies.map((measure) =>
    numeric(measure.name.replace(/ accuracy$/, ""), (_, n) => measure.values[n], (value) => (value == null ? "·" : value.toFixed(4)),
      (value) => value != null && outside(measure, value))),
  numeric("Seconds", (s) => s.seconds, (value) => (value == null ? "·" : value.toFixed(1))),
  numeric("MB", (s) => s.memory, (value) => (value == null ? "·" : value.toFixed(0))),
  { name: "Problems and remarks", value: (s) => words(s), cell: (s) =>
    make("td", { className: "words" }, make("span", { className: "clip", dir: "auto" }, words(s) ?? "")) },
];

function outside(measure, value) {
  return measure.bounds != null && (value < measure.bounds[0] || value > measure.bounds[1]);
}

function words(student) {
  const said = [...(student.problems ?? []), ...(student.remarks ?? [])];
  for (const [question, now, before] of student.overrides ?? []) {
    said.push(`${question} set to ${points(now)} by a human (was ${points(before)})`);
  }
  return said.length ? said.join("; ") : null;
}

function numeric(name, value, text, lost = () => false) {
  const cell = (student, number) => {
    const found = value(student, number);
    return make("td", { className: lost(found) ? "number lost" : "number" }, text(found));
  };
  return { name, value, cell, number: true };
}

const HAYSTACKS = STUDENTS.map((student, number) =>
  [student.id, student.lms ?? "", words(student) ?? "", ...(FLAGS.get(number) ?? []).flat()].join("\n").normalize().toLowerCase());

function buildTable() {
  const head = make("tr", {}, ...COLUMNS.map((column, place) => {
    const button = make("button", { type: "button" }, column.name);
    button.onclick = () => {
      table.down = table.sort === place ? !table.down : Boolean(column.number);
      table.sort = place;
      showTable();
    };
    return make("th", { scope: "col", className: column.number ? "number" : "" }, button);
  }));
  const caption = make("caption", { className: "unseen" }, "Students; the buttons in the header sort");
  byId("students-table").append(make("table", {}, caption, make("thead", {}, head), make("tbody", {})));
  const option = (value, text) => make("option", { value }, text);
  const statuses = [...new Set(STUDENTS.map((student) => student.status))].sort();
  byId("by-status").append(option("", "any"), ...statuses.map((name) => option(name, name)));
  byId("by-question").append(option("", "any or none"),
    ...DATA.questions.map(([name], which) => option(which, name)));
  const names = [...new Set(DATA.flags.map(([name]) => name))];
  byId("by-flag").append(option("", "with or without"), option("any", "any flag"), option("none", "no flag"),
    ...names.map((name, place) => option(place, name.length > 60 ? `${name.slice(0, 60)}…` : name)));
  byId("by-flag").names = names;
  for (const id of ["by-status", "by-question", "by-flag"]) byId(id).onchange = showTable;
  byId("search").oninput = showTable;
  byId("clear").onclick = () => choose(null);
}

function fits(student, number) {
  const flag = byId("by-flag").value;
  const found = FLAGS.get(number) ?? [];
  const question = byId("by-question").value;
  const wanted = byId("by-status").value;
  return (!table.chosen || table.chosen.has(number))
    && (!wanted || student.status === wanted)
    && (!question || (student.points[question] != null && student.points[question] < DATA.questions[question][1]))
    && (!flag || (flag === "any" ? found.length > 0 : flag === "none" ? !found.length
      : found.some(([name]) => name === byId("by-flag").names[flag])));
}

/* Names as people sort them: student-9 before student-10. */
const COLLATOR = new Intl.Collator("en", { numeric: true });
function compare(one, other) {
  if (one == null || other == null) return (one == null) - (other == null);
  const order = typeof one === "number" ? one - other : COLLATOR.compare(one, other);
  return table.down ? -order : order;
}

function showTable() {
  const wanted = byId("search").value.normalize().toLowerCase().trim().split(/\s+/);
  const { value } = COLUMNS[table.sort];
  table.rows = STUDENTS.map((_, number) => number)
    .filter((number) => fits(STUDENTS[number], number) && wanted.every((word) => HAYSTACKS[number].includes(word)))
    .map((number) => [value(STUDENTS[number], number), number])
    .sort(([one, a], [other, b]) => compare(one, other) || a - b)
    .map(([, number]) => number);
  const region = byId("students-table");
  region.querySelectorAll("thead th").forEach((th, place) => {
    if (place === table.sort) th.setAttribute("aria-sort", table.down ? "descending" : "ascending");
    else th.removeAttribute("aria-sort");
  });
  region.scrollTop = 0;
  inChunks(region, region.querySelector("tbody"), table.rows, (number) =>
    make("tr", {}, ...COLUMNS.map((column) => column.cell(STUDENTS[number], number))));
  byId("shown").textContent = table.rows.length === STUDENTS.length
    ? `All ${counted(STUDENTS.length, "student")}.`
    : `${table.rows.length} of ${counted(STUDENTS.length, "student")}.`;
}

/* Show a selection, or everybody again (null). Filters are cleared: they would hide part of it. */
function choose(numbers, title) {
  table.chosen = numbers && new Set(numbers);
  for (const id of ["search", "by-status", "by-question", "by-flag"]) byId(id).value = "";
  const note = byId("chosen");
  note.hidden = !numbers;
  if (numbers) {
    const short = title.length > LONGEST_TITLE ? `${title.slice(0, LONGEST_TITLE)}…` : title;
    note.replaceChildren("Only: ", untrusted(short), ` (${numbers.length}).`);
  }
  showTable();
  if (!numbers) return;
  byId("students").scrollIntoView();
  byId("students-table").focus({ preventScroll: true });
}

for (const button of document.querySelectorAll("button[data-case], button[data-question]")) {
  button.onclick = () => {
    const which = Number(button.dataset.case ?? button.dataset.question);
    const first = DATA.questions.slice(0, which).reduce((sum, [, , cases]) => sum + cases, 0);
    const part = button.dataset.case ? [which, which + 1] : [first, first + DATA.questions[which][2]];
    const failed = (student) => /^[PFN]*[FN][PFN]*$/.test(student.cases.slice(...part));
    const numbers = STUDENTS.map((_, number) => number).filter((number) => failed(STUDENTS[number]));
    choose(numbers, button.textContent);
  };
}
buildTable();
showTable();
