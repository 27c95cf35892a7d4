/* What every part of the report uses, and its lists. Whatever a student wrote becomes a text node. */
const DATA = JSON.parse(document.getElementById("data").textContent);
const STUDENTS = DATA.students;
const CASES = DATA.cases;
const WORDS = { P: "passed", F: "failed", N: "not reached", U: "not graded", " ": "not asked" };
const byId = (id) => document.getElementById(id);

/* Characters that no screen shows become visible, so that nothing hides in an id. */
const clean = (text) => String(text).replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "\ufffd");
const points = (value) => (value == null ? "·" : String(+value.toFixed(6)));
const counted = (n, what) => `${n.toLocaleString("en")} ${what}${n === 1 ? "" : "s"}`;

/* make("td", {className: "number"}, "text", node, …) */
function make(tag, properties, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  for (const child of children) node.append(child instanceof Node ? child : clean(child));
  return node;
}
const untrusted = (text, className = "text") => make("span", { className, dir: "auto" }, text);
const badge = (text, kind) => make("span", { className: `badge ${kind}` }, text);
const feedback = (student) => make("a", { href: student.file, className: "id" }, student.id);
const KINDS = { graded: "good", "graded with problems": "warn" };
const status = (student) => badge(student.status, KINDS[student.status] ?? "bad");

const FLAGS = new Map();
for (const [name, number, evidence] of DATA.flags) {
  if (!FLAGS.has(number)) FLAGS.set(number, []);
  FLAGS.get(number).push([name, evidence]);
}

/* Who: links to feedback pages, each with the reason where there is one. */
const MOST_PEOPLE = 200;
function people(numbers, why, title) {
  const list = make("ul", { className: why ? "people" : "people short" });
  numbers.slice(0, MOST_PEOPLE).forEach((number, place) => {
    const item = make("li", {}, feedback(STUDENTS[number]), " ", detailsButton(number));
    if (why) item.append(untrusted(why[place], "text why"));
    list.append(item);
  });
  const box = make("div", {}, list);
  if (numbers.length > MOST_PEOPLE) box.append(`and ${numbers.length - MOST_PEOPLE} more. `);
  const show = make("button", { type: "button" }, "Show them in the table");
  show.onclick = () => choose(numbers, title);
  box.append(show);
  return box;
}

function detailsButton(number) {
  const button = make("button", { type: "button", className: "link" }, "details");
  button.setAttribute("aria-label", `details of ${clean(STUDENTS[number].id)}`);
  button.onclick = () => openStudent(number);
  return button;
}

/* A part that is filled when it is opened for the first time. */
function unfold(heading, fill) {
  const inside = make("div", { className: "inside", tabIndex: 0 });
  const part = make("details", {}, make("summary", {}, ...heading), inside);
  part.addEventListener("toggle", () => inside.childNodes.length || inside.append(fill()));
  return part;
}

/* Everything about one student: what hidden cases expected and found, too. */
function openStudent(number) {
  const student = STUDENTS[number];
  const dialog = byId("student");
  const close = make("button", { type: "button" }, "Close");
  close.onclick = () => dialog.close();
  const title = make("h2", { id: "student-title", dir: "auto" }, student.id);
  dialog.replaceChildren(make("header", {}, title, close));
  const score = student.score == null ? "no score" : `${points(student.score)} points`;
  const link = make("a", { href: student.file }, "feedback page");
  dialog.append(make("p", {}, status(student), ` ${score} · `, link));
  const add = (heading, rows) => {
    if (!rows?.length) return;
    const list = make("ul", {}, ...rows.map((row) => make("li", {}, untrusted(row))));
    dialog.append(make("h3", {}, heading), list);
  };
  add("Problems", student.problems);
  add("Flags", FLAGS.get(number)?.map(([name, evidence]) => `${name}: ${evidence}`));
  add("Points set by a human", student.overrides?.map(([question, now, before, reason, made]) =>
    `${question}: ${points(now)} instead of ${points(before)} (${made}): ${reason}`));
  add("Remarks", student.remarks);
  add("In the LMS", student.lms && [student.lms]);
  add("Earlier submissions, which do not count", student.earlier);
  add("Notes", student.notes?.map(([question, note]) => `${question}: ${note}`));
  let place = 0;
  DATA.questions.forEach(([name, possible, cases], which) => {
    const list = make("ul", {});
    for (const end = place + cases; place < end; place++) {
      if (student.cases[place] === "P") continue;
      const hidden = CASES[place].hidden ? " (hidden)" : "";
      const item = make("li", {}, `${CASES[place].label}${hidden}: ${WORDS[student.cases[place]]}`);
      const found = student.found?.[place];
      if (found != null) item.append(untrusted(DATA.texts[found], "text found"));
      list.append(item);
    }
    const all = list.childNodes.length ? "" : ", all passed";
    dialog.append(make("h3", {}, `${name}: ${points(student.points[which])} of ${points(possible)}${all}`));
    if (!all) dialog.append(list);
  });
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
}

function needsList() {
  const list = byId("needs-list");
  if (!DATA.needs.length) list.append(make("p", {}, "Nobody."));
  for (const need of DATA.needs) {
    const count = make("span", { className: "count" }, need.who.length);
    const heading = [count, badge(need.why, need.kind), make("span", { className: "quiet" }, ` ${need.do}`)];
    const numbers = need.who.map(([number]) => number);
    list.append(unfold(heading, () => people(numbers, need.who.map(([, why]) => why), need.why)));
  }
}

const FIRST_MESSAGES = 10;
function messagesList() {
  const list = byId("messages-list");
  const rest = make("div", { hidden: true });
  DATA.messages.forEach((message, place) => {
    const heading = [make("span", { className: "count" }, message.who.length)];
    heading.push(make("strong", {}, message.question), " ", untrusted(message.text));
    if (message.varies > 1) heading.push(make("span", { className: "quiet" }, " (numbers vary)"));
    (place < FIRST_MESSAGES ? list : rest).append(unfold(heading, () => make("div", {},
      make("p", { className: "quiet" }, `Case: ${message.cases.join("; ")}`),
      people(message.who, null, `${message.question}: ${message.text}`))));
  });
  if (!rest.childNodes.length) return;
  const more = make("button", { type: "button" }, `Show ${rest.childNodes.length} more`);
  more.onclick = () => { rest.hidden = false; more.remove(); rest.querySelector("summary").focus(); };
  list.append(rest, more);
}

function flagsList() {
  if (!DATA.flags.length) return;
  const names = ["Flag", "Student", "Evidence"];
  const head = make("tr", {}, ...names.map((name) => make("th", { scope: "col" }, name)));
  const body = make("tbody", {});
  const region = make("div", { className: "rows", tabIndex: 0 });
  region.setAttribute("role", "region");
  region.setAttribute("aria-label", "Table of flags");
  region.append(make("table", {}, make("thead", {}, head), body));
  byId("flags-list").append(region);
  inChunks(region, body, DATA.flags, ([name, number, evidence]) => make("tr", {},
    make("td", {}, badge(name, "human")),
    make("td", { className: "id" }, feedback(STUDENTS[number]), " ", detailsButton(number)),
    make("td", { className: "words" }, untrusted(evidence))));
}

/* Rows are made as they are scrolled to: 5,000 at once would take seconds. */
const CHUNK = 100;
function inChunks(region, body, rows, row) {
  region.watch?.disconnect();
  body.replaceChildren();
  let made = 0;
  const more = (n) => {
    body.append(...rows.slice(made, made + n).map(row));
    made = Math.min(made + n, rows.length);
    region.watch.disconnect();
    if (made < rows.length) region.watch.observe(body.lastElementChild);
  };
  region.watch = new IntersectionObserver((seen) => {
    if (seen.some((entry) => entry.isIntersecting)) more(CHUNK);
  }, { root: region, rootMargin: "600px" });
  region.all = () => more(rows.length);
  more(CHUNK);
}
addEventListener("beforeprint", () => {
  for (const region of document.querySelectorAll(".rows")) region.all?.();
});

function tip(event, text) {
  const box = byId("tip");
  box.hidden = !text;
  if (!text) return;
  box.textContent = clean(text);
  const x = Math.min(event.clientX + 14, innerWidth - box.offsetWidth - 8);
  const below = event.clientY + 18 + box.offsetHeight < innerHeight;
  box.style.left = `${Math.max(4, x)}px`;
  box.style.top = `${below ? event.clientY + 18 : event.clientY - box.offsetHeight - 10}px`;
}

needsList();
messagesList();
flagsList();
