"use strict";

/* What is filled in on the page, as a sheet has it, and filling in what a sheet holds. */

const byId = (id) => document.getElementById(id);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

const form = JSON.parse(byId("pack").textContent);
const hidden = new RegExp(form.hidden, "gu");
const unseen = new RegExp(form.unseen, "gu");
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
let code = anyCode(); // in the name of the file of whoever gives no name, so that nobody's file takes another's place

// What is filled in.

const fieldOf = (question) => byId(`answer.${question.id}`);
const choicesAt = (question) => all("input[name^='answer.']", fieldOf(question));
const nameOf = (question) => fieldOf(question).querySelector("legend").textContent.trim();
const isTicked = (control) => control.type === "radio" || control.type === "checkbox";

/** Return what was typed, without the characters that a file cannot hold; nothing if none of it can be seen. */
function typed(id) {
  const words = byId(id).value.replace(hidden, " ").trim();
  return words.replace(unseen, "").trim() && words;
}

/** Return the answer to a question as a sheet has it; undefined if there is none yet. */
function givenTo(question) {
  const picked = choicesAt(question).filter((input) => input.checked).map((input) => input.value);
  const remarks = Object.entries(remarksOn(question)).filter(([, words]) => words);
  if (picked.length === 0) return undefined;
  const reason = picked[0] === "" ? typed(`reason.${question.id}`) : ""; // a person’s own role has no such field
  if (picked[0] === "" && (reason || question.wants_reason)) return { not_applicable: reason, ...Object.fromEntries(remarks) };
  const choice = picked[0] === "" ? NOT_APPLICABLE : picked.length === 1 ? picked[0] : picked;
  return remarks.length ? { choice, ...Object.fromEntries(remarks) } : choice;
}

function remarksOn(question) {
  return { note: typed(`note.${question.id}`), evidence: typed(`evidence.${question.id}`) };
}

/** Return the answers by question; one that lacks its reason is none yet. */
function allAnswers() {
  const given = form.questions.map((question) => [question.id, givenTo(question)]);
  return table(given.filter(([, answer]) => answer !== undefined && answer.not_applicable !== ""));
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
}

function fillQuestion(question, given) {
  const remarks = isTable(given) ? given : {};
  const named = remarks.not_applicable || isPlainlyNotUs(given) ? [""] : listed(given);
  for (const input of choicesAt(question)) input.checked = named.includes(input.value);
  if (question.id !== form.role) byId(`reason.${question.id}`).value = remarks.not_applicable ?? "";
  byId(`note.${question.id}`).value = remarks.note ?? "";
  byId(`evidence.${question.id}`).value = remarks.evidence ?? "";
}
