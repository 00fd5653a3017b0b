"use strict";

/* What the page shows: the questions that are asked, the check, and one page of questions after another. */

// What follows from an answer.

function refresh() {
  const answers = allAnswers();
  const asked = new Set(route(form.questions, answers));
  for (const question of form.questions) {
    fieldOf(question).hidden = !asked.has(question.id) && textProblems(question).length === 0; // or nobody could mend it
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
  const missing = lackingIn(question, given);
  if (missing.length || Object.values(remarksOn(question)).some(Boolean)) field.querySelector("[data-remarks]").open = true;
  const note = field.querySelector(".changed");
  note.textContent = [changeIn(question, given), inWordsLacking(missing)].filter(Boolean).join(" ");
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

function inWordsLacking(missing) {
  const steps = { note: "add a note", evidence: "say where it can be seen" };
  const todo = missing.map((part) => steps[part]).join(" and ");
  return todo && `This answer does not count until you ${todo}, below. It is kept all the same.`;
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

// Going from page to page.

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
  part.querySelector(".progress").textContent = `Page ${needed.indexOf(part) + 1} of ${needed.length}`;
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
