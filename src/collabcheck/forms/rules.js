"use strict";

/* What answers mean: which questions are asked, and what stands in a file. It knows no page, and it never scores.
   Answers are kept by question as a sheet has them: "small", ["a", "b"], {choice, note, evidence}, {not_applicable}. */

const DONT_KNOW = "dont-know";
const YES = "yes", NO = "no", UNKNOWN = "unknown";
const OPPOSITE = { [YES]: NO, [NO]: YES, [UNKNOWN]: UNKNOWN };

/** Why a file cannot be opened, in words for the person who chose it. */
class Misfit extends Error {}

/** Return an object with these entries and no others: an id such as “constructor” is not there by itself. */
function table(entries) {
  return Object.assign(Object.create(null), Object.fromEntries(entries));
}

// Which questions are asked: as interview.py and conditions.py say it, and tested against them.

/** Return the ids of the questions that are asked, in order, given the answers so far. */
function route(questions, answers) {
  const asked = new Set();
  const leaf = (part) => ("question" in part ? chosen(part, answers, asked) : UNKNOWN);
  for (const { id, when } of questions) {
    if (!when || holds(when, leaf) !== NO) asked.add(id);
  }
  return [...asked];
}

/** Evaluate a condition with three values; `leaf` says what is known of its parts. */
function holds(condition, leaf) {
  if ("all" in condition) return firstOf([NO, UNKNOWN], condition.all.map((part) => holds(part, leaf)), YES);
  if ("any" in condition) return firstOf([YES, UNKNOWN], condition.any.map((part) => holds(part, leaf)), NO);
  if ("not" in condition) return OPPOSITE[holds(condition.not, leaf)];
  return leaf(condition);
}

function firstOf(candidates, truths, otherwise) {
  return candidates.find((truth) => truths.includes(truth)) ?? otherwise;
}

/** Say whether a question that is asked has one of these choices; one that is not asked has none. */
function chosen(part, answers, asked) {
  if (!asked.has(part.question)) return NO;
  const choices = choicesOf(answers[part.question]);
  if (choices.length === 0) return UNKNOWN;
  return choices.some((choice) => part.is.includes(choice)) ? YES : NO;
}

/** Return the choices that an answer names; none if it is not known, does not apply, or is not there. */
function choicesOf(given) {
  const named = listed(given);
  return named.length === 1 && named[0] === DONT_KNOW ? [] : named;
}

function listed(given) {
  const named = isTable(given) ? given.choice : given;
  return [named ?? []].flat();
}

function isTable(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// What stands in a file.

/** What a file held that the form does not show, and that goes back into it. */
const nothingKept = () => ({ version: "", asked: table([]), asides: table([]), discussion: table([]), targets: table([]) });

/** Return the answer sheet for what is filled in, as `files.sheets` would write it. */
function sheetOf(form, filled, kept, today) {
  const questions = form.questions.filter(({ id }) => id in filled.answers);
  const asides = Object.entries(kept.asides).filter(([id]) => !(id in filled.answers));
  const older = Object.keys({ ...kept.discussion, ...kept.targets }).length > 0;
  const parts = {
    pack: form.pack,
    pack_version: older ? kept.version : form.version,
    organisation: filled.organisation,
    date: today,
    respondent: filled.name ? { name: filled.name } : {},
    answers: Object.fromEntries([...questions.map(({ id }) => [id, filled.answers[id]]), ...asides]),
    discussion: Object.fromEntries([...Object.entries(filled.discussion), ...Object.entries(kept.discussion)]),
    targets: Object.fromEntries(Object.entries(kept.targets)),
    asked: Object.fromEntries([
      ...questions.map(({ id, fingerprint }) => [id, kept.asked[id] ?? fingerprint]),
      ...asides.map(([id]) => [id, kept.asked[id]]),
    ]),
  };
  const said = ([key, value]) => key === "answers" || (isTable(value) ? Object.keys(value).length : value);
  return Object.fromEntries(Object.entries(parts).filter(said));
}

/** Read the words of a file that was saved before; a Misfit if it is not for this form. */
function readSheet(form, words) {
  const sheet = parsed(words);
  if (sheet.pack !== form.pack) throw new Misfit("This file answers the questions of another form, so it was not opened.");
  const { answers, asides, asked } = sorted(form, sheet);
  const discussion = Object.entries(sheet.discussion ?? {}).filter(([, said]) => said?.length);
  if (!discussion.every(([, said]) => isWords(said) || said.every(isWords))) throw notOurs();
  const prompts = new Set(form.prompts.map(({ id }) => id));
  return {
    organisation: isWords(sheet.organisation) ? sheet.organisation : "",
    name: isWords(sheet.respondent?.name) ? sheet.respondent.name : "",
    answers,
    discussion: table(discussion.filter(([id]) => prompts.has(id))),
    kept: {
      version: isWords(sheet.pack_version) ? sheet.pack_version : "",
      asked,
      asides,
      discussion: table(discussion.filter(([id]) => !prompts.has(id))),
      targets: table(Object.entries(sheet.targets ?? {})),
    },
  };
}

function parsed(words) {
  let sheet;
  try {
    sheet = JSON.parse(words);
  } catch {
    throw notOurs();
  }
  const inner = (value) => value === undefined || value === null || isTable(value);
  if (!isTable(sheet) || ![sheet.answers, sheet.discussion, sheet.targets, sheet.asked].every(inner)) throw notOurs();
  return sheet;
}

const notOurs = () => new Misfit("This file was not saved by this form, so it was not opened. Choose one that ends in .json.");

/** Sort the answers of a file into those that fit the questions as they are now, and those that are only kept. */
function sorted(form, sheet) {
  const asked = table(Object.entries(sheet.asked ?? {}));
  const given = table(Object.entries(sheet.answers ?? {}).filter(([, value]) => value !== null));
  if (form.role && isWords(sheet.respondent?.role)) given[form.role] ??= sheet.respondent.role;
  const answers = table([]), asides = table([]);
  for (const [id, value] of Object.entries(given)) {
    const question = form.questions.find((one) => one.id === id);
    const old = asked[id] && worth(asked[id]) !== worth(question?.fingerprint);
    if (!old && !(question && fits(question, value))) {
      throw new Misfit(`This file has an answer that does not fit this form (${id}), so it was not opened.`);
    }
    (old ? asides : answers)[id] = value;
  }
  return { answers, asides, asked };
}

const worth = (fingerprint) => String(fingerprint).split("-")[1];

const isWords = (value) => typeof value === "string" && value !== "";

/** Say whether an answer is one that the question takes. */
function fits(question, given) {
  if (isTable(given)) {
    if (![given.note ?? "", given.evidence ?? ""].every((words) => typeof words === "string")) return false;
    if ("not_applicable" in given) return isWords(given.not_applicable);
  }
  const named = listed(given);
  if (named.length === 1) return named[0] === DONT_KNOW || question.choices.includes(named[0]);
  return (
    question.several &&
    named.length > 1 &&
    new Set(named).size === named.length &&
    named.every((choice) => question.choices.includes(choice) && !question.alone.includes(choice))
  );
}

/** Return a name for the file that every system takes. */
function fileName(...parts) {
  const safe = parts.map((part) => part.replace(/[\\/:*?"<>|\p{C}]+/gu, " ").replace(/\s+/g, " ").trim());
  const name = safe.filter(Boolean).join(" - ").replace(/^[. ]+/, "");
  return `${[...name].slice(0, 100).join("").trim() || "answers"}.json`;
}
