// Where the focus is: the place in what should be reached (-1: nowhere in it), and the place on the page.
const focused = document.activeElement;
let at = window.walk.indexOf(focused);
if (focused.type === "radio") {
  const group = [...document.getElementsByName(focused.name)].filter((other) => other.form === focused.form);
  at = window.walk.indexOf(window.radios.get(group[0]));
}
const { left, right, top, bottom } = focused.getBoundingClientRect();
// What stands in something that scrolls by itself has a place in it, wherever that is scrolled to.
let [beside, below] = [scrollX, scrollY];
for (let around = focused.parentElement; around && around !== document.documentElement; around = around.parentElement) {
  beside += around.scrollLeft;
  below += around.scrollTop;
}
return {
  at,
  kind: [focused.tagName, focused.type, focused.className, focused.parentElement?.tagName, focused.closest("[class]")?.className].join(" "),
  name: window.names[at] || focused.outerHTML.slice(0, 120),
  body: focused === document.body || focused === document.documentElement,
  left: left + beside,
  right: right + beside,
  top: top + below,
  bottom: bottom + below,
};
