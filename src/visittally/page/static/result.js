// The tables, what is partial, what was left out, and everything to save.

import { announce, ask, at, complain, make, say } from "./talk.js";

export class Result {
  #told;

  /** `told` gives what was chosen. */
  constructor(told) {
    this.#told = told;
    for (const button of at("save").querySelectorAll("[data-form]")) {
      button.addEventListener("click", () => this.#save("write", { form: button.dataset.form }, button));
    }
    at("keep").addEventListener("click", () => this.#save("keep", {}, at("keep")));
    at("copy").addEventListener("click", async () => {
      const text = at("command").textContent;
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        getSelection().selectAllChildren(at("command"));
        return;
      }
      announce(say("copied"));
      at("copy").textContent = say("copied");
      setTimeout(() => { at("copy").textContent = at("copy").dataset.text; }, 2000);
    });
    at("copy").dataset.text = at("copy").textContent;
  }

  clear() {
    for (const id of ["save", "told", "line", "partial"]) at(id).hidden = true;
    at("tables").replaceChildren();
    at("empty").hidden = false;
    complain("");
  }

  show(answer) {
    const sections = answer.sections ?? [];
    at("empty").hidden = true;
    complain(answer.error ?? "");
    for (const id of ["save", "told"]) at(id).hidden = !answer.sections;
    at("line").hidden = !answer.command;
    at("command").textContent = answer.command ?? "";
    const report = this.#told().command === "report";
    at("save-csv").hidden = report;
    at("partial").replaceChildren(...(answer.partial ?? []).map((text) => make("p", {}, text)));
    at("partial").hidden = !(answer.partial ?? []).length;
    const parts = (answer.paragraphs ?? []).map((text) => make("p", { class: "finding" }, text));
    for (const section of sections) {
      if (section.heading) parts.push(make("h3", { class: "part" }, section.heading));
      parts.push(...section.tables.map((table) => this.#table(table, report)));
    }
    at("tables").replaceChildren(...parts);
    if (answer.sections) this.#tell(answer);
    announce(answer.error ? "" : say("shown", { n: sections.reduce((n, one) => n + one.tables.length, 0) }));
  }

  #tell(answer) {
    at("receipt").textContent = answer.receipt;
    const notes = [...(answer.before ?? []), ...answer.notes];
    at("notes").replaceChildren(...notes.map((text) => make("li", {}, text)));
    at("left").hidden = !answer.left_out.length;
    const kinds = answer.kinds.map((kind) => `${kind.name} ${kind.n}`).join(", ");
    at("left-sum").textContent = say("left_out", { n: kinds });
    const several = new Set(answer.left_out.map((one) => one.file)).size > 1;
    const heads = [...(several ? [say("file")] : []), say("line"), say("reason")];
    const rows = answer.left_out.map((one) =>
      make("tr", {}, ...(several ? [make("td", {}, one.file)] : []), make("td", { class: "figure" }, String(one.line)), make("td", {}, one.reason)));
    const total = answer.kinds.reduce((sum, kind) => sum + kind.n, 0);
    const list = make("table", {}, make("thead", {}, make("tr", {}, ...heads.map((text) => make("th", { scope: "col" }, text)))), make("tbody", {}, ...rows));
    const more = total > rows.length ? [make("p", { class: "below" }, say("only_first", { n: rows.length }))] : [];
    at("left-list").replaceChildren(list, ...more);
  }

  #table(table, report) {
    const cell = (tag, text, right, more = {}) => make(tag, { class: right ? "figure" : null, ...more }, text);
    const head = make("tr", {}, ...table.headings.map((one) => cell("th", one.text, one.right, { scope: "col" })));
    const rows = table.rows.map((row) =>
      make("tr", { class: row.total ? "total" : null }, ...row.cells.map((one) =>
        one.head ? cell("th", one.text, one.right, { scope: "row" }) : cell("td", one.text, one.right))));
    const title = make("h3", {}, table.title);
    const top = make("div", { class: "sheet-top" }, title);
    if (!report) {
      const csv = make("button", { type: "button", "aria-label": say("save_csv", { name: table.title }) }, "CSV");
      csv.addEventListener("click", () => this.#save("write", { form: "csv", table: table.name }, csv));
      top.append(csv);
    }
    const body = make("table", { "aria-label": table.title }, make("thead", {}, head), make("tbody", {}, ...rows));
    const below = table.below.map((text) => make("p", { class: "below" }, text));
    if (table.more) below.unshift(make("p", { class: "below" }, say("more_rows", { n: table.more })));
    const scroll = make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": table.title }, body);
    return make("article", { class: "sheet", "data-table": table.name }, top, scroll, ...below);
  }

  async #save(what, more, button) {
    button.disabled = true;
    complain("");
    const answer = await ask(what, { choices: this.#told(), ...more });
    button.disabled = false;
    if (answer.command) at("command").textContent = answer.command;
    if (answer.result) {
      make("a", { href: `results/${answer.result}/${encodeURIComponent(answer.name)}`, download: answer.name }).click();
      announce(say("written", { name: answer.name }));
    } else if (answer.stopped) announce(say("stopped"));
    else complain(answer.error || say("no_answer"));
  }
}
