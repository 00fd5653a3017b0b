"use strict";

/* The page: it shows one part at a time, and turns what is chosen and typed into a file. */

const byId = (id) => document.getElementById(id);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

const form = JSON.parse(byId("pack").textContent);
const hidden = new RegExp(form.hidden, "gu");
const title = document.title;
const parts = all("[data-part]");
const rows = all(".row");
const check = parts.at(-1);
const controls = [...byId("form").elements].filter((control) => control.name);
const draftKey = `collabcheck: ${form.pack} ${form.version}, ${byId("organisation").defaultValue}`;

let here = parts[0];
let returning = false; // from the check, to change one answer
let changed = false;
let savedAt = "";
let kept = nothingKept();

// What is filled in.

const fieldOf = (question) => byId(`answer.${question.id}`);
const choicesAt = (question) => all("input[name^='answer.']", fieldOf(question));
const isTicked = (control) => control.type === "radio" || control.type === "checkbox";

/** Return what was typed, without the characters that a file cannot hold. */
function typed(id) {
  return byId(id).value.replace(hidden, " ").trim();
}

/** Return the answer to a question as a sheet has it; undefined if there is none yet. */
function givenTo(question) {
  const picked = choicesAt(question).filter((input) => input.checked).map((input) => input.value);
  const remarks = Object.entries(remarksOn(question)).filter(([, words]) => words);
  if (picked.length === 0) return undefined;
  if (picked[0] === "") return { not_applicable: typed(`reason.${question.id}`), ...Object.fromEntries(remarks) };
  const choice = picked.length === 1 ? picked[0] : picked;
  return remarks.length ? { choice, ...Object.fromEntries(remarks) } : choice;
}

function remarksOn(question) {
  return { note: typed(`note.${question.id}`), evidence: typed(`evidence.${question.id}`) };
}

function allAnswers() {
  const given = form.questions.map((question) => [question.id, givenTo(question)]);
  return table(given.filter(([, answer]) => answer !== undefined));
}

function allSaid() {
  const said = form.prompts.map(({ id, several }) => [id, several ? linesOf(typed(`prompt.${id}`)) : typed(`prompt.${id}`)]);
  return table(said.filter(([, words]) => words.length));
}

/** Return the lines of a text; one alone as it is. */
function linesOf(text) {
  const lines = text.split("\n").map((line) => line.trim()).filter(Boolean);
  return lines.length === 1 ? lines[0] : lines;
}

function filled() {
  return { organisation: typed("organisation"), name: typed("name"), answers: allAnswers(), discussion: allSaid() };
}

// Filling in what a file holds.

function fillIn(sheet) {
  kept = sheet.kept;
  byId("organisation").value = sheet.organisation;
  byId("name").value = sheet.name;
  for (const question of form.questions) fillQuestion(question, sheet.answers[question.id]);
  for (const { id } of form.prompts) byId(`prompt.${id}`).value = [sheet.discussion[id] ?? ""].flat().join("\n");
  refresh();
}

function fillQuestion(question, given) {
  const remarks = isTable(given) ? given : {};
  const named = remarks.not_applicable ? [""] : listed(given);
  for (const input of choicesAt(question)) input.checked = named.includes(input.value);
  if (question.id !== form.role) byId(`reason.${question.id}`).value = remarks.not_applicable ?? "";
  byId(`note.${question.id}`).value = remarks.note ?? "";
  byId(`evidence.${question.id}`).value = remarks.evidence ?? "";
}

async function openFile() {
  const [file] = byId("file").files;
  byId("file").value = ""; // so that the same file can be chosen again
  if (!file || (changed && !confirm("Open the file? It takes the place of what you have filled in here."))) return;
  try {
    fillIn(readSheet(form, await file.text()));
    settle(`Opened “${file.name}”, and nothing changed since`);
    byId("opened").textContent = `“${file.name}” is open. ${answered(Object.keys(allAnswers()).length)}${aside()}`;
    tell(byId("error.file"));
    keepDraft();
  } catch (error) {
    byId("opened").textContent = "";
    tell(byId("error.file"), error instanceof Misfit ? error.message : "This file could not be read.");
  }
}

const answered = (count) => (count === 1 ? "1 question is answered." : `${count} questions are answered.`);

function aside() {
  const count = Object.keys(kept.asides).length;
  return count ? " Some questions have changed since: their old answers stay in the file, and do not count." : "";
}

// What follows from an answer.

function refresh() {
  const answers = allAnswers();
  const asked = new Set(route(form.questions, answers));
  for (const question of form.questions) {
    fieldOf(question).hidden = !asked.has(question.id);
    showQuestion(question, answers[question.id]);
  }
  for (const part of parts) part.hidden = part !== here;
  byId("back").hidden = here === parts[0];
  byId("next").textContent = here === check ? "Save my answers" : returning ? "Back to the check" : "Next";
  if (here === check) showCheck(answers, asked);
}

function showQuestion(question, given) {
  const field = fieldOf(question);
  const notUs = choicesAt(question).some((input) => input.value === "" && input.checked);
  if (question.id !== form.role) field.querySelector(".reason").hidden = !notUs;
  if (Object.values(remarksOn(question)).some(Boolean)) field.querySelector("[data-remarks]").open = true;
  const note = field.querySelector(".changed");
  note.textContent = changeIn(question, given);
  note.hidden = !note.textContent;
}

/** Say what has changed in a question since it was answered, if anything has. */
function changeIn(question, given) {
  if (given === undefined && question.id in kept.asides) {
    const named = choicesOf(kept.asides[question.id]).map((choice) => textOf(question, choice) ?? choice);
    const was = named.length ? ` Yours was: ${named.join("; ")}` : "";
    return `The answers to this question have changed.${was}`;
  }
  const reworded = given !== undefined && (kept.asked[question.id] ?? question.fingerprint) !== question.fingerprint;
  return reworded ? "The words of this question have changed. Check that your answer still fits." : "";
}

function textOf(question, choice) {
  return choicesAt(question).find((input) => input.value === choice)?.nextElementSibling.textContent;
}

/** Untick what cannot stand beside the choice that was just ticked. */
function keepApart(ticked) {
  const others = all(`input[name="${ticked.name}"]`).filter((input) => input !== ticked);
  for (const other of others) {
    if ("alone" in ticked.dataset || "alone" in other.dataset) other.checked = false;
  }
}

function showCheck(answers, asked) {
  for (const row of rows) {
    const question = form.questions.find(({ id }) => row.dataset.of === `answer.${id}`);
    row.hidden = question !== undefined && !asked.has(question.id);
    row.querySelector(".said").textContent = question ? inWords(question) : typed(row.dataset.of) || "–";
  }
  for (const list of all("dl", check)) {
    list.hidden = list.previousElementSibling.hidden = all(".row", list).every((row) => row.hidden);
  }
  const left = [...asked].filter((id) => !(id in answers)).length;
  const questions = left === 1 ? "1 question has" : `${left} questions have`;
  byId("left").textContent = left ? `${questions} no answer yet. You can save all the same.` : "Every question has an answer.";
  const unused = form.questions.filter(({ id }) => id in answers && !asked.has(id));
  byId("unused").hidden = unused.length === 0;
  byId("unused").querySelector("ul").replaceChildren(...unused.map((question) => itemOf(nameOf(question))));
}

const nameOf = (question) => fieldOf(question).querySelector("legend").textContent.trim();

function itemOf(content) {
  const item = document.createElement("li");
  item.append(content);
  return item;
}

function inWords(question) {
  const picked = choicesAt(question).filter((input) => input.checked).map((input) => input.nextElementSibling.textContent);
  const given = givenTo(question);
  const reason = given?.not_applicable ? `: ${given.not_applicable}` : "";
  const { note, evidence } = remarksOn(question);
  const remarks = [note && `Note: ${note}`, evidence && `Evidence: ${evidence}`].filter(Boolean);
  return [picked.join("; ") + reason || "No answer yet", ...remarks].join("\n");
}

// Going from part to part.

/** Say whether a part has anything to ask. */
function isNeeded(part) {
  const questions = all("[data-question]", part);
  return questions.length === 0 || questions.some((question) => !question.hidden);
}

function show(part) {
  here = part;
  clearProblems();
  refresh();
  const needed = parts.filter(isNeeded);
  part.querySelector(".progress").textContent = `Section ${needed.indexOf(part) + 1} of ${needed.length}`;
  document.title = `${part.querySelector("h2").textContent} – ${title}`;
}

function go(part) {
  history.pushState(part.dataset.part, "");
  show(part);
  part.querySelector("h2").focus();
}

function onward() {
  const problems = problemsIn(here);
  if (problems.length) return showProblems(problems);
  if (here === check) return save();
  const next = returning ? check : parts.slice(parts.indexOf(here) + 1).find(isNeeded);
  returning = false;
  return go(next);
}

function backward() {
  returning = false;
  go(parts.slice(0, parts.indexOf(here)).findLast(isNeeded));
}

/** Go to a field, wherever it is. */
function visit(target) {
  const part = target.closest("[data-part]");
  if (part !== here) {
    returning = here === check;
    go(part);
  }
  const inputs = target.matches("fieldset") ? all("input[name^='answer.']", target) : [target];
  const control = inputs.find((input) => input.checked) ?? inputs[0];
  const folded = control.closest("details");
  if (folded) folded.open = true;
  control.focus();
}

// What is missing or wrong.

/** Return what is wrong in a part: where, and in words. */
function problemsIn(part) {
  const all = [...aboutProblems(), ...form.questions.flatMap(questionProblems), ...form.prompts.flatMap(promptProblems)];
  return all.filter(({ id }) => byId(id).closest("[data-part]") === part && !byId(id).closest("[data-question][hidden]"));
}

function aboutProblems() {
  const missing = typed("organisation") ? [] : [{ id: "organisation", words: "Enter the name of your organisation" }];
  return [...missing, ...tooLong("organisation", LONGEST_NAME), ...tooLong("name", LONGEST_NAME)];
}

function questionProblems(question) {
  const { id } = question;
  const given = givenTo(question);
  const about = `“${nameOf(question)}”`;
  const kinds = id === form.role ? ["note", "evidence"] : ["reason", "note", "evidence"];
  const unknown = id === form.role ? "" : " “I do not know” is one.";
  const problems = [];
  if (given === undefined && Object.values(remarksOn(question)).some(Boolean)) {
    problems.push({ id: `answer.${id}`, words: `Choose an answer to go with your note on ${about}.${unknown}` });
  }
  if (given?.not_applicable === "") {
    problems.push({ id: `reason.${id}`, words: `Say why this does not apply to you: ${about}` });
  }
  return [...problems, ...kinds.flatMap((kind) => tooLong(`${kind}.${id}`, LONGEST))];
}

function promptProblems({ id }) {
  return tooLong(`prompt.${id}`, LONGEST);
}

function tooLong(id, longest) {
  const length = [...typed(id)].length;
  const said = (number) => number.toLocaleString(document.documentElement.lang);
  return length > longest ? [{ id, words: `Write less: this has ${said(length)} characters, and ${said(longest)} is the most` }] : [];
}

function showProblems(problems) {
  clearProblems();
  for (const { id, words } of problems) {
    tell(byId(`error.${id}`), words);
    const control = byId(id);
    if (!control.matches("fieldset")) control.setAttribute("aria-invalid", "true");
    byId("summary").querySelector("ul").append(linkTo(id, words));
  }
  document.title = `Error: ${document.title}`;
  byId("summary").hidden = false;
  byId("summary").focus();
}

function linkTo(id, words) {
  const link = document.createElement("a");
  link.href = `#${id}`;
  link.dataset.visit = "";
  link.textContent = words;
  return itemOf(link);
}

function clearProblems() {
  for (const slot of all(".error")) tell(slot);
  for (const control of all("[aria-invalid]")) control.removeAttribute("aria-invalid");
  byId("summary").hidden = true;
  byId("summary").querySelector("ul").replaceChildren();
  document.title = document.title.replace(/^Error: /, "");
}

/** Write into the place for an error; a word for those who do not see its colour comes first. */
function tell(slot, words = "") {
  slot.textContent = words && `Error: ${words}`;
}

// Saving.

function save() {
  const problems = parts.flatMap(problemsIn);
  if (problems.length) return showProblems(problems);
  clearProblems();
  const now = new Date();
  const sheet = sheetOf(form, filled(), kept, dayOf(now));
  const name = fileName(sheet.organisation, roleOf(sheet), sheet.respondent?.name ?? "");
  download(name, `${JSON.stringify(sheet, null, 2)}\n`);
  savedAt = `${twoDigits(now.getHours())}:${twoDigits(now.getMinutes())}`;
  eraseDraft();
  return settle(`Saved as “${name}” at ${savedAt}`);
}

const twoDigits = (number) => String(number).padStart(2, "0");
const dayOf = (day) => [day.getFullYear(), twoDigits(day.getMonth() + 1), twoDigits(day.getDate())].join("-");
const roleOf = (sheet) => (form.role ? choicesOf(sheet.answers[form.role]).join(" ") : "");

function download(name, words) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([words], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Note that what is filled in is in a file. */
function settle(words) {
  changed = false;
  byId("status").textContent = words;
}

/** Note that something is filled in that is in no file yet. */
function unsettle() {
  changed = true;
  byId("status").textContent = savedAt ? `Changed since ${savedAt}, not saved yet` : "Not saved yet";
}

// A draft in the browser, only for those who ask for it.

const controlKey = (control) => (isTicked(control) ? `${control.name}=${control.value}` : control.name);

function keepDraft() {
  if (!byId("draft").checked) return;
  const values = controls.map((control) => [controlKey(control), isTicked(control) ? control.checked : control.value]);
  try {
    localStorage.setItem(draftKey, JSON.stringify({ values: Object.fromEntries(values), kept }));
    byId("drafted").textContent = "A draft is kept in this browser.";
  } catch {
    byId("draft").checked = false;
    byId("drafted").textContent = "This browser does not keep drafts. Save your answers instead.";
  }
}

function eraseDraft() {
  const was = byId("draft").checked;
  byId("draft").checked = false;
  try {
    localStorage.removeItem(draftKey);
  } catch {
    return; // a browser that keeps nothing has nothing to erase
  }
  byId("drafted").textContent = was ? "The draft is erased." : "";
}

function fetchDraft() {
  let words = null;
  try {
    words = localStorage.getItem(draftKey);
  } catch {
    return; // a browser that keeps nothing has no draft
  }
  if (words === null) return;
  try {
    restore(JSON.parse(words));
  } catch {
    dropDraft(); // somebody or something else has written it: it could be anything
  }
}

/** Fill in a draft; an error if any of it is not as this form writes it. */
function restore({ values, kept: before }) {
  kept = keptFrom(form, before);
  for (const control of controls) {
    const value = values[controlKey(control)];
    if (typeof value !== (isTicked(control) ? "boolean" : "string")) throw notOurs();
    control[isTicked(control) ? "checked" : "value"] = value;
  }
  if (!form.questions.every(isUnspoilt)) throw notOurs();
  byId("draft").checked = true;
  byId("drafted").textContent = "Here is the draft that was kept in this browser.";
  unsettle();
}

/** Say whether what is filled in is an answer, or can become one. */
function isUnspoilt(question) {
  const given = givenTo(question);
  return given === undefined || given.not_applicable === "" || fits(question, given);
}

function dropDraft() {
  byId("form").reset();
  kept = nothingKept();
  eraseDraft();
  byId("drafted").textContent =
    "The draft in this browser did not fit this form, so it was erased. Begin again, or open a file that you saved.";
}

// What people do.

function answerAnew(control) {
  const id = control.closest("[data-question]")?.dataset.question;
  const question = form.questions.find((one) => one.id === id);
  if (!question || givenTo(question) === undefined) return;
  delete kept.asked[id];
  delete kept.asides[id];
}

byId("form").addEventListener("input", ({ target }) => {
  if (target.id === "file" || target.id === "draft") return;
  if (target.checked) keepApart(target);
  answerAnew(target);
  unsettle();
  refresh();
  keepDraft();
});
byId("form").addEventListener("click", ({ target }) => {
  if (!target.matches("[data-question] input:checked")) return; // the same answer again, to a question that has changed
  answerAnew(target);
  refresh();
});
byId("form").addEventListener("submit", (event) => {
  event.preventDefault();
  onward();
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-visit]");
  if (!link) return;
  event.preventDefault();
  visit(byId(decodeURIComponent(link.hash.slice(1))));
});
byId("back").addEventListener("click", backward);
byId("save").addEventListener("click", save);
byId("file").addEventListener("change", openFile);
byId("draft").addEventListener("change", ({ target }) => (target.checked ? keepDraft() : eraseDraft()));
window.addEventListener("popstate", ({ state }) => show(parts.find((part) => part.dataset.part === state) ?? parts[0]));
window.addEventListener("beforeunload", (event) => {
  if (changed) event.preventDefault();
});

history.replaceState(here.dataset.part, "");
fetchDraft();
show(here);
