// Has axe judge the page, with WCAG 2.1 A and AA and what it calls best practice. Ends with what is wrong, in words.
const end = arguments[arguments.length - 1];
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];
axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] }).then(
  ({ violations }) => {
    const where = ({ nodes }) => nodes.map((node) => node.html.slice(0, 120)).join(" ");
    end(violations.map((rule) => `axe ${rule.id}: ${rule.help}: ${where(rule)}`));
  },
  (error) => end([`axe did not end well: ${error}`]),
);
