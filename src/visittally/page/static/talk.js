// What the page and its server say to each other, and a few words that all parts need.

const root = document.documentElement;
const words = JSON.parse(document.body.dataset.words);
export const language = root.dataset.lang;
export const at = (id) => document.getElementById(id);

/** The sentence of that name, its places filled in. */
export function say(name, places = {}) {
  return words[name].replace(/\{(\w+)\}/g, (whole, place) => (place in places ? String(places[place]) : whole));
}

export const knows = (name) => name in words;

/** An element with attributes and children; texts become text and nothing else. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** Choices of a <select>; `chosen` is selected if it is among them. */
export function fill(select, pairs, chosen = "") {
  select.replaceChildren(...pairs.map(([value, text]) => make("option", { value }, text)));
  select.value = pairs.some(([value]) => value === chosen) ? chosen : pairs.length ? pairs[0][0] : "";
}

export function announce(text) {
  at("status").textContent = text;
}

export function complain(text) {
  at("error").textContent = text;
  at("error").hidden = !text;
}

/** Ask the server; what goes wrong is an `error` in the answer. */
export async function ask(what, told = {}) {
  try {
    const answer = await fetch(what, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ lang: language, ...told }),
    });
    if (!answer.ok) throw new Error(String(answer.status));
    return await answer.json();
  } catch {
    return { error: say("no_answer") };
  }
}

/** Send a file; `tell` learns what part of it has gone. */
export function send(file, name, tell) {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", `files?name=${encodeURIComponent(name)}`);
    request.upload.addEventListener("progress", (event) => tell(event.total ? event.loaded / event.total : 1));
    request.addEventListener("load", () => {
      try {
        done(JSON.parse(request.responseText));
      } catch {
        done({ error: say("not_taken", { name }) });
      }
    });
    request.addEventListener("error", () => done({ error: say("not_taken", { name }) }));
    request.send(file);
  });
}

export function size(bytes) {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
  const step = Math.min(3, bytes > 0 ? Math.floor(Math.log(bytes) / Math.log(1024)) : 0);
  const format = { style: "unit", unit: units[step], unitDisplay: "short", maximumFractionDigits: step > 1 ? 1 : 0 };
  return new Intl.NumberFormat(language, format).format(bytes / 1024 ** step);
}
