"use strict";

/* What is filled in goes into a file, and comes from one; and a draft, if it is asked for. */

// Saving.

function save() {
  const problems = parts.flatMap(problemsIn);
  if (problems.length) return showProblems(problems);
  clearProblems();
  const now = new Date();
  const sheet = sheetOf(form, filled(), kept, dayOf(now));
  const words = `${JSON.stringify(sheet, null, 2)}\n`;
  if (isTooBig(words)) return showProblems([tooMuch()]);
  const name = fileName(sheet.organisation, roleOf(sheet), sheet.respondent?.name || code);
  download(name, words);
  savedAt = `${twoDigits(now.getHours())}:${twoDigits(now.getMinutes())}`;
  eraseDraft();
  return settle(`Saved ${savedAt}`, `Saved as “${name}”, among your downloads.`);
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
function settle(words, about = "") {
  changed = false;
  sayState(words, about);
}

/** Note that something is filled in that is in no file yet. */
function unsettle() {
  changed = true;
  sayState(savedAt ? `Not saved since ${savedAt}` : "Not saved yet");
}

/** Say in few words in the bar, which covers what is under it, how things stand; more goes below the questions. */
function sayState(words, about = "") {
  byId("status").textContent = words;
  byId("saved").textContent = about;
}

// Opening.

async function openFile() {
  const [file] = byId("file").files;
  byId("file").value = ""; // so that the same file can be chosen again
  tell(byId("error.file")); // it was about another file
  if (!file || (changed && !confirm("Open the file? It takes the place of what you have filled in here."))) return;
  try {
    fillIn(readSheet(form, await file.text()));
    code = codeIn(file.name) ?? code;
    refresh();
    settle("Nothing to save yet");
    byId("opened").textContent = `“${file.name}” is open. ${answered(Object.keys(allAnswers()).length)}${aside()}`;
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
