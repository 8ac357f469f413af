// Prepares a walk by Tab: what should be reached, and from where. Run as a function's body.
const selector = "a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex], [contenteditable]";
const groups = new Set();
window.walk = [...document.querySelectorAll(selector)].filter((element) => {
  if (element.matches(":disabled") || element.tabIndex < 0) return false;
  if (!element.checkVisibility({ visibilityProperty: true })) return false;
  if (element.type !== "radio") return true;
  // Of radio buttons one takes the focus for all.
  const group = [...document.getElementsByName(element.name)].filter((other) => other.form === element.form);
  if (groups.has(group[0])) return false;
  groups.add(group[0]);
  window.radios = (window.radios || new Map()).set(group[0], element);
  return true;
});
window.names = window.walk.map((element) => element.outerHTML.slice(0, 120));
// A caret that blinks is no mark of the focus.
document.documentElement.style.caretColor = "transparent";
for (const element of window.walk) element.style.caretColor = "transparent";
document.activeElement.blur();
return window.names;
