// The files: dropped or picked, each with what it is to the others.

import { announce, ask, at, complain, make, say, send, size } from "./talk.js";

const suffixes = new Set(document.body.dataset.suffixes.split(" "));

/** Whether a file of a folder is a table, by its name. */
function wanted(name) {
  const last = name.split("/").pop();
  const dot = last.lastIndexOf(".");
  return dot > 0 && suffixes.has(last.slice(dot).toLowerCase()) && !last.startsWith("~$");
}

/** All files below a dropped entry, each with its path. */
async function below(entry) {
  if (entry.isFile) {
    const file = await new Promise((done, fail) => entry.file(done, fail));
    return [[file, entry.fullPath.replace(/^\//, "")]];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((done, fail) => reader.readEntries(done, fail));
    if (!some.length) break;
    for (const one of some) found.push(...(await below(one)));
  }
  return found.filter(([, path]) => wanted(path));
}

async function dropped(transfer) {
  const entries = [...transfer.items].map((one) => one.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...transfer.files].map((file) => [file, file.name]);
  const lists = [];
  for (const entry of entries) lists.push(...(await below(entry)));
  return lists;
}

export class Files {
  #changed;
  #working;

  /** `changed` learns what the server knows afterwards, `working` how far the taking in has come. */
  constructor(changed, working) {
    this.#changed = changed;
    this.#working = working;
    for (const id of ["pick", "pick-folder"]) {
      at(id).addEventListener("change", (event) => {
        const input = event.target;
        const files = [...input.files].map((file) => [file, file.webkitRelativePath || file.name]);
        this.#take(id === "pick" ? files : files.filter(([, path]) => wanted(path)));
        input.value = "";
      });
    }
    let inside = 0;
    const over = (on) => at("drop").classList.toggle("over", on);
    addEventListener("dragenter", () => over(++inside > 0));
    addEventListener("dragleave", () => over(--inside > 0));
    addEventListener("dragover", (event) => event.preventDefault());
    addEventListener("drop", async (event) => {
      event.preventDefault();
      over((inside = 0));
      try {
        await this.#take(await dropped(event.dataTransfer));
      } catch {
        complain(say("not_taken", { name: "" }));
      }
    });
  }

  async #take(files) {
    if (!files.length) return complain(say("nothing_there"));
    complain("");
    const wrong = [];
    for (const [file, name] of files) {
      const tell = (part) => this.#working(say("receiving", { name, percent: Math.floor(part * 100) }), part);
      tell(0);
      const answer = await send(file, name, tell);
      if (answer.error) wrong.push(answer.error);
    }
    this.#working("", 0);
    announce(say("taken", { n: files.length - wrong.length }));
    await this.#changed(await ask("state"));
    if (wrong.length) complain(wrong.join("\n"));
  }

  show(files, roles) {
    at("files").replaceChildren(...files.map((file) => this.#row(file, roles)));
  }

  #row(file, roles) {
    const role = make("select", { "aria-label": say("role_of", { name: file.name }) });
    role.append(...roles.map((name) => make("option", { value: name }, say(`role_${name}`))));
    role.value = file.role;
    role.addEventListener("change", async () => {
      await this.#changed(await ask("role", { name: file.name, role: role.value }));
    });
    const remove = make("button", { type: "button", class: "cross", "aria-label": say("remove", { name: file.name }) }, "×");
    remove.addEventListener("click", async () => {
      await this.#changed(await ask("remove", { name: file.name }));
      announce(say("removed", { name: file.name }));
      (at("files").querySelector("button") ?? at("pick")).focus();
    });
    const name = make("span", { class: "name" }, file.name, make("small", {}, size(file.size)));
    return make("li", { class: file.role === "unused" ? "unused" : "" }, name, role, remove);
  }
}
