// Puts the parts together: files change what can be chosen, what is chosen changes the tables.

import { Choices } from "./choices.js";
import { showColumns } from "./columns.js";
import { Files } from "./files.js";
import { Result } from "./result.js";
import { announce, ask, at, complain, make, say, size } from "./talk.js";

const WAIT = 250;
let files = [];
let asked = 0;
let timer = 0;
let taking = false;

const choices = new Choices(() => {
  clearTimeout(timer);
  timer = setTimeout(show, WAIT);
});
const result = new Result(() => choices.told());
const list = new Files(changed, (text, part) => {
  taking = Boolean(text);
  working(text, part);
});

function working(text, part) {
  at("work").hidden = !text;
  at("work-text").textContent = text;
  at("stop").hidden = taking;
  if (part > 0) at("work-bar").value = part * 100;
  else at("work-bar").removeAttribute("value");
}

/** The server knows other files, or other roles of them. */
async function changed(state) {
  if (state.error) return complain(state.error);
  files = state.files ?? [];
  list.show(files, state.roles);
  choices.known(state);
  at("choices").hidden = !files.length;
  document.querySelector("main").classList.toggle("start", !files.length);
  if (files.some((file) => file.role === "records")) await show();
  else result.clear();
}

async function show() {
  const number = ++asked;
  at("result").classList.add("busy");
  const answer = await ask("show", { choices: choices.told() });
  if (number !== asked) return;
  at("result").classList.remove("busy");
  if (answer.stopped) return announce(say("stopped"));
  if (answer.columns) {
    choices.columns(answer.columns);
    showColumns(answer.columns, choices);
  }
  result.show(answer);
}

function progressed({ kind, done, size: whole }) {
  if (taking) return;
  if (!kind) return working("", 0);
  if (kind === "describe") return;
  const read = files.filter((file) => file.role === "records");
  const names = read.length === 1 ? read[0].name : say("files", { n: read.length });
  if (whole) working(say("reading", { names, percent: Math.floor((done / whole) * 100), size: size(whole) }), done / whole);
  else working(say(kind === "write" ? "writing" : "looking"), 0);
}

function end(text) {
  events.close();
  document.querySelector("main").replaceWith(make("main", { class: "end" }, make("p", { role: "status" }, text)));
  at("finish").disabled = true;
}

let failures = 0;
const events = new EventSource("events");
events.addEventListener("message", (event) => {
  failures = 0;
  progressed(JSON.parse(event.data));
});
events.addEventListener("error", () => {
  failures += 1;
  if (failures > 3 || events.readyState === EventSource.CLOSED) end(say("gone"));
});
at("stop").addEventListener("click", () => ask("stop"));
at("finish").addEventListener("click", async () => {
  await ask("finish");
  end(say("ended"));
});

const state = await ask("state");
choices.known(state);
choices.restore(state.chosen);
await changed(state);
