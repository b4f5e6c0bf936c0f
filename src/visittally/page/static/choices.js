// What is wanted: the command, rows, columns, base, any further option of the command line.

import { at, fill, knows, make, say } from "./talk.js";

const BASES = ["asked", "answered", "all", "mentions"];
const OWN = new Set(["--by", "--across", "--base", "--column"]);
const NEEDS = { coverage: "roster", compare: "before" };

export class Choices {
  #changed;
  #commands = {};
  #fields = [];
  #columns = [];
  #files = [];
  command = "summarize";
  by = ["", ""];
  across = "";
  base = "asked";
  extra = [];
  corrected = new Map();

  constructor(changed) {
    this.#changed = changed;
    at("by").addEventListener("change", () => this.#set(() => { this.by = [at("by").value, this.by[1]]; }));
    at("then").addEventListener("change", () => this.#set(() => { this.by = [this.by[0], at("then").value]; }));
    at("across").addEventListener("change", () => this.#set(() => { this.across = at("across").value; }));
    at("base").addEventListener("change", () => this.#set(() => { this.base = at("base").value; }));
    at("option").addEventListener("change", () => this.#offer());
    at("add").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#add();
    });
  }

  #set(change) {
    change();
    this.show();
    this.#changed();
  }

  /** Take back what was chosen before the page was loaded anew. */
  restore(chosen) {
    if (!chosen || !(chosen.command in this.#commands)) return;
    this.command = chosen.command;
    const by = [];
    for (const [name, value] of chosen.options) {
      if (name === "--by" && by.length < 2) by.push(value);
      else if (name === "--across") this.across = value;
      else if (name === "--base") this.base = value;
      else if (name === "--column") {
        const cut = value.indexOf("=");
        this.corrected.set(value.slice(cut + 1), value.slice(0, cut));
      } else this.extra.push([name, value]);
    }
    this.by = [by[0] ?? "", by[1] ?? ""];
  }

  /** The commands and fields that there are. */
  known({ commands, shown, fields, files }) {
    this.#commands = commands;
    this.#fields = fields;
    this.#files = files;
    const chips = shown.map((name) => {
      const input = make("input", { type: "radio", name: "command", value: name, id: `command-${name}` });
      input.addEventListener("change", () => this.#set(() => { this.command = name; }));
      return make("label", { class: "chip" }, input, make("span", {}, knows(name) ? say(name) : name));
    });
    if (!at("commands").children.length) at("commands").replaceChildren(...chips);
    this.show();
  }

  columns(columns) {
    this.#columns = columns;
    this.show();
  }

  get fields() {
    return this.#fields;
  }

  /** A column is said to hold a field, "" to be what it was taken for. */
  correct(header, field) {
    for (const [other, held] of this.corrected) if (held === field) this.corrected.delete(other);
    if (field) this.corrected.set(header, field);
    else this.corrected.delete(header);
    this.#changed();
  }

  /** What the server is told. */
  told() {
    const known = this.#commands[this.command].options;
    const options = [];
    for (const [header, field] of this.corrected) options.push(["--column", `${field}=${header}`]);
    for (const field of this.by) if (field) options.push(["--by", field]);
    if (this.across) options.push(["--across", this.across]);
    if (this.base !== "asked") options.push(["--base", this.base]);
    options.push(...this.extra);
    return { command: this.command, options: options.filter(([name]) => name in known) };
  }

  show() {
    const command = this.#commands[this.command];
    if (!command) return;
    const known = command.options;
    at(`command-${this.command}`).checked = true;
    at("purpose").textContent = command.purpose;
    const role = NEEDS[this.command];
    const lacking = role && !this.#files.some((file) => file.role === role);
    at("needs").hidden = !lacking;
    if (lacking) at("needs").textContent = say(`needs_${role}`);
    const rows = this.#rows();
    fill(at("by"), [["", say("usual")], ...rows], this.by[0]);
    fill(at("then"), [["", say("nothing")], ...rows.filter(([value]) => value !== this.by[0])], this.by[1]);
    const questions = this.#columns.filter((one) => !one.personal && !one.own && one.kind !== "text");
    fill(at("across"), [["", say("usual")], ...questions.map((one) => [one.asked, this.#title(one)])], this.across);
    fill(at("base"), BASES.map((name) => [name, say(`base_${name}`)]), this.base);
    at("by-row").hidden = !("--by" in known);
    at("then-row").hidden = !("--by" in known) || !this.by[0];
    at("across-row").hidden = !("--across" in known);
    at("base-row").hidden = !("--base" in known);
    const further = Object.keys(known).filter((name) => !OWN.has(name) && known[name].kind !== "file");
    const chosen = at("option").value;
    fill(at("option"), further.map((name) => [name, name]), chosen);
    this.#offer();
    this.#tags();
  }

  #title(column) {
    const field = this.#fields.find((one) => one.name === column.field);
    return field ? `${field.label} (${column.shown})` : column.label || column.shown;
  }

  /** What can stand in rows: fields first, then other columns; dates by month, too. */
  #rows() {
    const plain = this.#columns.filter((one) => !one.own && (!one.personal || one.field === "visitor") && one.kind !== "text");
    const ordered = [...plain.filter((one) => one.field), ...plain.filter((one) => !one.field)];
    return ordered.flatMap((one) => {
      const title = this.#title(one);
      return one.date
        ? [[`${one.asked}:month`, say("by_month", { name: title })], [one.asked, title]]
        : [[one.asked, title]];
    });
  }

  /** The option that can be added, with a place for its value. */
  #offer() {
    const spec = this.#commands[this.command].options[at("option").value];
    at("option-help").textContent = spec ? spec.help : "";
    at("value-row").hidden = !spec || spec.kind === "flag";
    if (!spec) return;
    const kinds = { date: "date", number: "number" };
    const input = spec.kind === "choice"
      ? make("select", { id: "value" })
      : make("input", { id: "value", type: kinds[spec.kind] ?? "text", placeholder: spec.hint, autocomplete: "off" });
    if (spec.kind === "choice") fill(input, spec.choices.map((name) => [name, name]));
    at("value-holder").replaceChildren(input);
  }

  #add() {
    const name = at("option").value;
    const spec = this.#commands[this.command].options[name];
    const value = spec.kind === "flag" ? true : at("value").value.trim();
    if (!value) return at("value").focus();
    this.#set(() => {
      if (!spec.many) this.extra = this.extra.filter(([other]) => other !== name);
      this.extra.push([name, value]);
    });
  }

  #tags() {
    at("extra").replaceChildren(
      ...this.extra.map(([name, value], place) => {
        const text = value === true ? name : `${name} ${value}`;
        const out = make("button", { type: "button", class: "cross", "aria-label": say("take_out", { name: text }) }, "×");
        out.addEventListener("click", () => this.#set(() => { this.extra.splice(place, 1); }));
        return make("li", {}, text, out);
      }),
    );
  }
}
