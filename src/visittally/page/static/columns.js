// What was understood: each column with answers to recognise it by and the field that it holds.

import { at, make, say } from "./talk.js";

export function showColumns(columns, choices) {
  const order = (one) => (choices.corrected.has(one.name) ? 0 : one.own ? 3 : one.field || one.personal ? 1 : 2);
  const sorted = columns.map((one, place) => [order(one), place, one]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const personal = columns.filter((one) => one.personal).length;
  at("columns-sum").textContent = say("understood", { n: columns.length, personal });
  const focused = document.activeElement?.dataset?.header;
  at("columns").replaceChildren(...sorted.map(([, , one]) => row(one, choices)));
  if (focused !== undefined) {
    [...at("columns").querySelectorAll("select")].find((one) => one.dataset.header === focused)?.focus();
  }
}

function row(column, choices) {
  const set = choices.corrected.has(column.name);
  const held = set ? choices.corrected.get(column.name) : column.field;
  const select = make("select", { "aria-label": say("field_of", { name: column.shown }), "data-header": column.name });
  // A field that was found is taken away by giving it to another column, not by taking it from this one.
  if (set || !column.field) select.append(make("option", { value: "" }, say("no_field")));
  select.append(...choices.fields.map(({ name, label }) => make("option", { value: name }, label)));
  select.value = held;
  select.addEventListener("change", () => choices.correct(column.name, select.value));
  const several = column.columns > 1 ? ` (${say("columns_of", { n: column.columns })})` : "";
  const answers = column.personal ? say("personal") : column.samples.join(" · ");
  const title = column.label ? { title: column.label } : {};
  const look = [set && "set", column.personal && "personal", !held && "plain"].filter(Boolean).join(" ");
  return make(
    "li",
    { class: look },
    make("span", { class: "head", ...title }, column.shown + several),
    select,
    make("span", { class: "answers" }, answers),
  );
}
