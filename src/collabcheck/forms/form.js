"use strict";

/* What people do, and how the page begins. */

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

/** Keep what has the focus from being scrolled under the bar, however tall that is. */
new ResizeObserver(([{ target }]) => {
  document.documentElement.style.setProperty("--bar", `${target.offsetHeight}px`);
}).observe(byId("status").parentElement);

history.replaceState(here.dataset.part, "");
fetchDraft();
show(here);
