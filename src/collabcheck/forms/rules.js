"use strict";

/* What answers mean: which questions are asked, and what stands in a file. It knows no page, and it never scores.
   Answers are kept by question as a sheet has them: "small", ["a", "b"], {choice, note, evidence}, {not_applicable}; "not-applicable"
   where no reason is given. */

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
  return named.length === 1 && [DONT_KNOW, NOT_APPLICABLE].includes(named[0]) ? [] : named;
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
  const older = Object.keys(kept.discussion).length > 0 || !areOurs(form, kept.targets);
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

/** Read the words of a file that was saved before; a Misfit if it is not for this form, or `report` would refuse it. */
function readSheet(form, words) {
  const sheet = parsed(form, words);
  if (sheet.pack !== form.pack) throw new Misfit("This file answers the questions of another form, so it was not opened.");
  return sheetFrom(form, sheet);
}

function sheetFrom(form, sheet) {
  const wrong = wrongPart(form, sheet);
  if (wrong) throw new Misfit(`This file has something that does not belong there (in “${wrong}”), so it was not opened.`);
  const { answers, asides, asked } = sorted(form, sheet);
  const discussion = Object.entries(sheet.discussion ?? {}).filter(([, said]) => said?.length);
  const prompts = new Set(form.prompts.map(({ id }) => id));
  return {
    organisation: sheet.organisation ?? "",
    name: sheet.respondent?.name ?? "",
    answers,
    discussion: table(discussion.filter(([id]) => prompts.has(id))),
    kept: {
      version: sheet.pack_version ?? "",
      asked,
      asides,
      discussion: table(discussion.filter(([id]) => !prompts.has(id))),
      targets: table(Object.entries(sheet.targets ?? {})),
    },
  };
}

/** Return what a draft kept of a file, if it is all as a file may have it; an error if not. */
function keptFrom(form, { version, asked, asides, discussion, targets }) {
  const sheet = sheetFrom(form, { pack: form.pack, pack_version: version, asked, answers: asides, discussion, targets });
  const whole = [asked, asides, discussion, targets].every(isTable);
  if (!whole || Object.keys({ ...sheet.answers, ...sheet.discussion }).length) throw notOurs();
  return sheet.kept;
}

function parsed(form, words) {
  const hidden = new RegExp(form.hidden, "u");
  let values = 0;
  const take = (_, value) => {
    values += 1;
    if (isText(value) && (hidden.test(value) || lengthOf(value) > LONGEST_IN_FILES)) throw notOurs();
    return value;
  };
  let sheet;
  if (isTooBig(words)) throw notOurs();
  try {
    sheet = JSON.parse(words, take);
  } catch {
    throw notOurs();
  }
  if (!isTable(sheet) || values > MOST_IN_FILES) throw notOurs();
  return sheet;
}

const isTooBig = (words) => new TextEncoder().encode(words).length > BIGGEST_FILE || breaksIn(words) > MOST_BREAKS_IN_FILES;
const breaksIn = (words) => (words.match(/(?<!\\)(?:\\\\)*\\n/g) ?? []).length;

const notOurs = () =>
  new Misfit(
    "This file was not saved by this form, so it was not opened. Choose one that ends in .json. " +
      "If yours ends in .yaml, just send it back: it needs no form.",
  );

// What may stand in the parts of a file: as answers.py says it.

const lengthOf = (text) => [...text].length;
const isText = (value) => typeof value === "string";
const isWords = (value, longest = LONGEST_NAME) => isText(value) && value !== "" && lengthOf(value) <= longest;
const isId = (value) => /^[a-z0-9]+([-_][a-z0-9]+)*$/.test(value) && value.length <= 60;
const isFingerprint = (value) => isText(value) && /^[0-9a-f]{8}-[0-9a-f]{8}$/.test(value);
const isSaid = (value) => value === null || [value].flat().every(isText);
const mayBeEmpty = (isRight) => (value) => value === null || isRight(value);
const hasOnly = (isRight) => (value) => isTable(value) && Object.entries(value).every(([id, inner]) => isId(id) && isRight(inner));

const PARTS = table(
  Object.entries({
    pack: isText,
    pack_version: (value) => isText(value) && lengthOf(value) <= 40,
    organisation: isText,
    date: isText,
    respondent: (value) =>
      isTable(value) && Object.entries(value).every(([key, words]) => ["name", "role"].includes(key) && isText(words)),
    targets: mayBeEmpty(hasOnly((band) => isWords(band))),
    answers: mayBeEmpty(isTable),
    discussion: mayBeEmpty(hasOnly(isSaid)),
    asked: mayBeEmpty(hasOnly(isFingerprint)),
  }),
);

/** Return the name of a part that is not as a file has it; undefined if there is none. */
function wrongPart(form, sheet) {
  const wrong = Object.entries(sheet).find(([part, value]) => value !== undefined && !PARTS[part]?.(value));
  if (wrong) return wrong[0];
  if (hasTwoRoles(form, sheet)) return "respondent";
  return ["", form.version].includes(sheet.pack_version ?? "") ? strangePart(form, sheet) : undefined;
}

/** Return the name of a part that speaks of what the pack does not have; another version of it may have had that. */
function strangePart(form, { discussion, targets }) {
  const known = (id) => form.prompts.some((prompt) => prompt.id === id);
  if (!Object.keys(discussion ?? {}).every(known)) return "discussion";
  return areOurs(form, targets ?? {}) ? undefined : "targets";
}

/** Say whether the pack has all these factors, and the bands that are aimed at. */
function areOurs(form, targets) {
  return Object.entries(targets).every(([factor, band]) => form.factors.includes(factor) && form.bands.includes(band));
}

/** Say whether the role stands in a place where it is not asked for, or in two that differ. */
function hasTwoRoles(form, sheet) {
  const role = sheet.respondent?.role;
  if (!role) return false;
  const given = form.role ? sheet.answers?.[form.role] ?? role : [];
  return String(listed(given)) !== role;
}

/** Say whether something is put as an answer may be, whatever the question. */
function isAnswer(given) {
  if (!isTable(given)) return isChoice(given);
  const { note = "", evidence = "", ...answer } = given;
  if (![note, evidence].every(isText) || Object.keys(answer).length !== 1) return false;
  return isWords(answer.not_applicable, LONGEST) || isChoice(answer.choice);
}

function isChoice(given) {
  const named = [given].flat();
  return named.length > 0 && named.every((choice) => isWords(choice));
}

/** Sort the answers of a file into those that fit the questions as they are now, and those that are only kept. */
function sorted(form, sheet) {
  const asked = table(Object.entries(sheet.asked ?? {}));
  const given = table(Object.entries(sheet.answers ?? {}).filter(([, value]) => value !== null));
  if (form.role && sheet.respondent?.role) given[form.role] ??= sheet.respondent.role;
  const answers = table([]), asides = table([]);
  for (const [id, value] of Object.entries(given)) {
    const question = form.questions.find((one) => one.id === id);
    const old = asked[id] !== undefined && worth(asked[id]) !== worth(question?.fingerprint);
    if (!isAnswer(value) || !(old || (question && fits(question, value)))) {
      throw new Misfit(`This file has an answer that does not fit this form (${id}), so it was not opened.`);
    }
    const unoffered = id === form.role && choicesOf(value).length === 0; // everyone has a role, and knows it
    (old || unoffered ? asides : answers)[id] = value;
  }
  return { answers, asides, asked };
}

const worth = (fingerprint) => String(fingerprint).split("-")[1];

/** Say whether an answer is one that the question takes. */
function fits(question, given) {
  if (isTable(given) && "not_applicable" in given) return !question.wants_reason || given.not_applicable.trim() !== "";
  const named = listed(given);
  if (isPlainlyNotUs(given)) return !question.wants_reason;
  if (named.length === 1) return named[0] === DONT_KNOW || question.choices.includes(named[0]);
  return (
    question.several &&
    named.length > 1 &&
    new Set(named).size === named.length &&
    named.every((choice) => question.choices.includes(choice) && !question.alone.includes(choice))
  );
}

/** Return what is missing beside an answer so that it counts. */
function lackingIn(question, given) {
  const wanted = new Set(choicesOf(given).map((choice) => question.requires[choice]));
  return ["note", "evidence"].filter((part) => wanted.has(part) && !(isTable(given) && given[part]?.trim()));
}

/** Say whether an answer says that the question does not apply, and not why. */
function isPlainlyNotUs(given) {
  const named = listed(given);
  return named.length === 1 && named[0] === NOT_APPLICABLE;
}

/** Return a name for the file that every system takes; `who` keeps files of people in the same role apart. */
function fileName(organisation, role, who) {
  const kind = [organisation, role].map(inNames).filter(Boolean).join(" - ");
  return `${[cut(kind, 80), cut(inNames(who), 40)].filter(Boolean).join(" - ") || "answers"}.json`;
}

function inNames(words) {
  return words.replace(/[\\/:*?"<>|\p{C}]+/gu, " ").replace(/\s+/g, " ").trim().replace(/^[. ]+/, "");
}

function cut(words, most) {
  return [...words].slice(0, most).join("").trim();
}

/** Return four letters by chance, of which no word is made. */
function anyCode() {
  const letters = "bcdfghjkmnpqrtvwxz";
  return Array.from(crypto.getRandomValues(new Uint8Array(4)), (number) => letters[number % letters.length]).join("");
}

/** Return the code in the name that a file was saved under; a browser may have put a number behind it. */
function codeIn(name) {
  return / - ([bcdfghjkmnpqrtvwxz]{4})(?: ?\(\d+\))?\.json$/i.exec(name)?.[1];
}
