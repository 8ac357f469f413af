// What of a page's structure is wrong, in words. Run as a function's body.
const wrong = [];
const root = document.documentElement;
const headings = document.querySelectorAll("h1").length;
if (headings !== 1) wrong.push(`${headings} h1`);
if (!document.title.trim()) wrong.push("no title");
if (root.scrollWidth > root.clientWidth) {
  const over = [...document.body.querySelectorAll("*")].filter(
    (element) => element.checkVisibility() && element.getBoundingClientRect().right > root.clientWidth + 0.5,
  );
  // The innermost are to blame.
  const innermost = over.filter((element) => !over.some((other) => other !== element && element.contains(other)));
  const names = innermost.slice(0, 5).map((element) => element.outerHTML.slice(0, 120));
  wrong.push(`${root.scrollWidth} px wide in a window of ${root.clientWidth}: ${names.join(" ")}`);
}
return wrong;
