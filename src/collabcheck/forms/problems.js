"use strict";

/* What is missing or wrong: a summary at the top with a way to each, and words beside each. */

/** Return what is wrong in a part: where, and in words. */
function problemsIn(part) {
  const all = [...aboutProblems(), ...form.questions.flatMap(questionProblems), ...form.prompts.flatMap(promptProblems)];
  return all.filter(({ id }) => byId(id).closest("[data-part]") === part && !byId(id).closest("[data-question][hidden]"));
}

function aboutProblems() {
  const missing = typed("organisation") ? [] : [{ id: "organisation", words: "Enter the name of your organisation" }];
  const name = tooLong("organisation", "the name of your organisation", LONGEST_NAME);
  return [...missing, ...name, ...tooLong("name", "your name", LONGEST_NAME)];
}

function questionProblems(question) {
  const { id } = question;
  const given = givenTo(question);
  const about = `“${nameOf(question)}”`;
  const such = id === form.role ? "" : `, such as “${I_DO_NOT_KNOW}”,`;
  const problems = [];
  if (given === undefined && Object.values(remarksOn(question)).some(Boolean)) {
    problems.push({ id: `answer.${id}`, words: `Choose an answer${such} to go with your note on ${about}` });
  }
  if (given?.not_applicable === "") {
    problems.push({ id: `reason.${id}`, words: `Say why this does not apply to you: ${about}` });
  }
  return [...problems, ...textProblems(question)];
}

function textProblems(question) {
  const kinds = question.id === form.role ? ["note", "evidence"] : ["reason", "note", "evidence"];
  return kinds.flatMap((kind) => tooLong(`${kind}.${question.id}`, `your ${kind} on “${nameOf(question)}”`));
}

function promptProblems({ id }) {
  return tooLong(`prompt.${id}`, `your answer to “${byId(`prompt.${id}`).labels[0].textContent}”`);
}

function tooLong(id, name, longest = LONGEST) {
  const length = lengthOf(typed(id));
  const said = (number) => number.toLocaleString(document.documentElement.lang);
  return length > longest ? [{ id, words: `Shorten ${name}: it has ${said(length)} characters, and ${said(longest)} is the most` }] : [];
}

/** Return the problem that a file cannot hold all this, at the longest text. */
function tooMuch() {
  const texts = controls.filter((control) => !isTicked(control));
  const { id } = texts.reduce((longest, text) => (text.value.length > longest.value.length ? text : longest));
  return { id, words: "Write less: this is the longest text, and there is more in all than a file can have" };
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
