// Without this everything works. With it a scanner may be used wherever the focus is.
"use strict";
(() => {
  // What is being made elsewhere is asked for again by itself.
  const again = document.querySelector("a[data-again]");
  if (again) setTimeout(() => location.replace(again.href), 1000 * Number(again.dataset.again));
  const box = document.getElementById("q");
  if (!box) return;
  const typing = (element) => element && (element.isContentEditable || /^(INPUT|SELECT|TEXTAREA|BUTTON|SUMMARY|A)$/.test(element.tagName));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.key === "Escape") { box.focus(); box.select(); return; }
    if (event.key.length === 1 && !typing(document.activeElement)) box.focus();
  });
  // One scan is one question: a second Enter waits for the first answer.
  for (const form of document.forms) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "1";
    });
  }
  window.addEventListener("pageshow", () => { for (const form of document.forms) delete form.dataset.sent; });
})();
