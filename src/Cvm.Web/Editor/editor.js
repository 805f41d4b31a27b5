// The editor's small script: line numbers, colours, marks at mistakes, words, and the check at each pause of the keyboard.
// The page works without it: every button posts the form. Nothing here decides anything; the server checks and renders.
"use strict";
(() => {
  const pause = 350, indent = "  ";
  const form = document.querySelector("form.editor");
  const area = form.querySelector("#yaml");
  const code = area.parentElement;
  const saved = form.dataset.kept === "yes" ? area.value : null; // null: what the page came with is kept nowhere
  const words = JSON.parse(form.dataset.words);
  let problems = [], timer = 0, asked = null, leaving = false, chosen = 0, sending = false;

  const make = (tag, name, parent) => {
    const made = document.createElement(tag);
    made.className = name;
    made.setAttribute("aria-hidden", "true");
    parent.append(made);
    return made;
  };
  const gutter = make("pre", "gutter", code);
  const paper = make("div", "paper", code);
  const ink = make("pre", "ink", paper);
  paper.removeAttribute("aria-hidden");
  paper.append(area);
  const list = make("ul", "words", paper);
  list.removeAttribute("aria-hidden");
  Object.assign(list, { id: "words", hidden: true, role: "listbox", ariaLabel: "Words" });
  const said = make("p", "unseen", form);
  said.removeAttribute("aria-hidden");
  said.setAttribute("role", "status");
  for (const [name, value] of [["aria-autocomplete", "list"], ["aria-controls", "words"]]) area.setAttribute(name, value);
  form.classList.add("scripted");

  const lines = () => area.value.split("\n");
  const startOf = line => lines().slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);

  // Where the caret stands: the line's number, and what is before it on the line.
  const caret = () => {
    const before = area.value.slice(0, area.selectionStart).split("\n");
    return { line: before.length, before: before[before.length - 1] };
  };

  // One letter a character: c comment, k key, s text in quotes, n number, m mistake; a blank for the rest.
  function colours(text, wrong) {
    const kinds = new Array(text.length).fill("");
    const fill = (pattern, kind) => {
      for (const found of text.matchAll(pattern)) kinds.fill(kind, found.index, found.index + found[0].length);
    };
    fill(/[\w-]+(?=:(\s|$))/g, "k");
    fill(/(?<=[\s,{[(])\d[\w.%]*/g, "n");
    fill(/"(?:[^"\\]|\\.)*"|'[^']*'/g, "s");
    const comment = /(^|\s)#/.exec(text);
    if (comment && kinds[comment.index + comment[0].length - 1] !== "s") kinds.fill("c", comment.index);
    for (const one of wrong) {
      const from = Math.min(Math.max(0, one.column - 1), Math.max(0, text.trimEnd().length - 1));
      const length = one.column === 0 ? text.length : Math.max(1, /^[\w-]*/.exec(text.slice(from))[0].length);
      for (let i = from; i < from + length && i < text.length; i++) kinds[i] += " m";
    }
    return kinds;
  }

  function paint() {
    const [numbers, drawn] = [document.createDocumentFragment(), document.createDocumentFragment()];
    lines().forEach((text, i) => {
      const wrong = problems.filter(one => one.line === i + 1);
      const number = document.createElement("span");
      number.textContent = `${i + 1}\n`;
      if (wrong.length > 0) Object.assign(number, { className: wrong.every(one => one.warning) ? "warning" : "mistake", title: wrong.map(one => one.what).join(" ") });
      numbers.append(number);

      const kinds = colours(text, wrong);
      for (let from = 0, to; from < text.length; from = to) {
        for (to = from + 1; to < text.length && kinds[to] === kinds[from]; to++);
        const span = document.createElement("span");
        if (kinds[from]) span.className = kinds[from].trim();
        span.textContent = text.slice(from, to);
        drawn.append(span);
      }
      drawn.append("\n");
    });
    gutter.replaceChildren(numbers);
    ink.replaceChildren(drawn);
    follow();
  }

  function follow() {
    ink.style.transform = `translate(${-area.scrollLeft}px, ${-area.scrollTop}px)`;
    gutter.style.transform = `translateY(${-area.scrollTop}px)`;
  }

  const height = () => parseFloat(getComputedStyle(area).lineHeight);

  function jump(line, column) {
    const text = lines()[Math.max(1, line) - 1] ?? "";
    const at = startOf(Math.max(1, line)) + Math.min(Math.max(0, column - 1), text.length);
    const word = /^[\w-]*/.exec(area.value.slice(at))[0];
    area.focus();
    area.setSelectionRange(at, at + word.length);
    area.scrollTop = Math.max(0, (line - 1) * height() - area.clientHeight / 3);
    const problem = problems.find(one => one.line === line && one.column === column);
    if (problem) said.textContent = `${line}: ${problem.what}`;
  }

  function jumpOn(step) {
    if (problems.length === 0) return;
    const { line, before } = caret();
    const after = one => one.line > line || (one.line === line && one.column - 1 > before.length);
    const ahead = problems.findIndex(after);
    const now = problems.filter(one => one.line < line || (one.line === line && one.column - 1 < before.length)).length;
    const next = step > 0 ? (ahead < 0 ? 0 : ahead) : (now - 1 + problems.length) % problems.length;
    jump(problems[next].line, problems[next].column);
  }

  // Puts a piece of the page in place, where it is another; the focus stays on what stands at the same place there.
  function put(id, html) {
    const part = document.getElementById(id);
    if (part.dataset.html === html) return;
    part.dataset.html = html;
    const stops = () => [...part.querySelectorAll("a, button, input, select, summary, [tabindex]")];
    const at = stops().indexOf(document.activeElement);
    part.innerHTML = html;
    if (at >= 0) stops()[Math.min(at, stops().length - 1)]?.focus();
  }

  async function check() {
    clearTimeout(timer);
    asked?.abort();
    const mine = asked = new AbortController();
    try {
      const answer = await fetch(form.dataset.check, { method: "POST", body: new URLSearchParams(new FormData(form)), signal: mine.signal });
      const told = await answer.json();
      if (!answer.ok) throw new Error(told.detail);
      problems = told.problems;
      if (document.getElementById("verdict").textContent !== told.verdict) said.textContent = told.verdict;
      put("mistakes", told.mistakes);
      put("panel", told.panel);
      put("state", told.state);
      paint();
      again();
    } catch (problem) {
      if (!mine.signal.aborted) said.textContent = document.getElementById("verdict").textContent = `${form.dataset.unchecked}: ${problem.message}`;
    }
  }

  // What runs on the server is looked at again while it is shown.
  function again() {
    const waits = form.querySelector("[data-again]");
    if (waits) timer = setTimeout(check, Number(waits.dataset.again));
  }

  function changed() {
    paint();
    clearTimeout(timer);
    timer = setTimeout(check, pause);
  }

  // As if it had been typed, so that it can be undone.
  function type(text) {
    if (!document.execCommand(text === "" ? "delete" : "insertText", false, text)) area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
  }

  function shift(out) {
    const first = caret().line, last = first + area.value.slice(area.selectionStart, area.selectionEnd).split("\n").length - 1;
    if (!out && first === last) return type(indent.slice(caret().before.length % indent.length));
    const [from, all] = [startOf(first), lines()];
    const moved = all.slice(first - 1, last).map(text => out ? text.replace(/^ {1,2}/, "") : text && indent + text);
    area.setSelectionRange(from, from + all.slice(first - 1, last).join("\n").length);
    type(moved.join("\n"));
    if (first !== last) area.setSelectionRange(from, area.selectionStart);
  }

  // Which words may stand here.
  function kind(before) {
    const named = /(?:^|[\s{,])(send|ask|start|on|until|topic|for):\s*[\w-]*$/.exec(before);
    if (named && words[named[1]]) return named[1];
    if (/(^|[\s{,])(when|if|while):\s.*$/.test(before)) return "fact";
    if (/^\s*-\s*\{?\s*[\w-]*$/.test(before)) return "step";
    return /^[\w-]*$/.test(before) ? "key" : /^\s+[\w-]*$|[{,]\s*[\w-]*$/.test(before) ? "option" : "";
  }

  function offer(wanted) {
    const { line, before } = caret();
    const begun = /[\w-]*$/.exec(before)[0];
    const found = (words[kind(before)] ?? []).filter(word => word.startsWith(begun) && word !== begun).slice(0, 12);
    list.hidden = found.length === 0 || area.selectionStart !== area.selectionEnd || !(wanted || begun.length > 1);
    if (list.hidden) return close();
    list.replaceChildren(...found.map((word, i) => Object.assign(document.createElement("li"), { id: `word-${i}`, role: "option", textContent: word })));
    list.style.left = `calc(${before.length - begun.length}ch - ${area.scrollLeft}px)`;
    list.style.top = `${line * height() - area.scrollTop + 12}px`;
    choose(0);
  }

  function choose(which) {
    chosen = (which + list.children.length) % list.children.length;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === chosen)));
    area.setAttribute("aria-activedescendant", `word-${chosen}`);
  }

  function close() {
    list.hidden = true;
    area.removeAttribute("aria-activedescendant");
  }

  function accept(item) {
    const begun = /[\w-]*$/.exec(caret().before)[0];
    const rest = item.textContent.slice(begun.length);
    type(rest);
    close();
  }

  const open = {
    ArrowDown: () => choose(chosen + 1),
    ArrowUp: () => choose(chosen - 1),
    Enter: () => accept(list.children[chosen]),
    Tab: () => accept(list.children[chosen]),
    Escape: close,
  };

  const keys = {
    Tab: event => leaving ? false : shift(event.shiftKey),
    Enter: () => type(`\n${/^[ ]*(?:- )?/.exec(caret().before)[0].replace("-", " ")}`),
    Escape: () => {
      leaving = true;
      said.textContent = form.dataset.leave;
    },
    F8: event => jumpOn(event.shiftKey ? -1 : 1),
  };

  area.addEventListener("keydown", event => {
    if (event.isComposing || event.altKey) return;
    const ctrl = event.ctrlKey || event.metaKey;
    if (ctrl && event.key === " ") {
      offer(true);
      event.preventDefault();
      return;
    }
    const act = ctrl ? null : (!list.hidden && !event.shiftKey && open[event.key]) || keys[event.key];
    if (act && act(event) !== false) event.preventDefault();
    if (event.key !== "Escape" && event.key !== "Shift") leaving = false;
  });
  form.addEventListener("keydown", event => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    form.requestSubmit(form.querySelector("button[value=save]"));
  });
  area.addEventListener("input", event => {
    changed();
    if (event.inputType === "insertText" && /^[\w-]$/.test(event.data ?? "")) offer(false);
    else close();
  });
  area.addEventListener("scroll", () => {
    follow();
    close();
  });
  area.addEventListener("blur", close);
  list.addEventListener("mousedown", event => {
    event.preventDefault();
    if (event.target.role === "option") accept(event.target);
  });
  form.addEventListener("click", event => {
    const link = event.target.closest("a[data-line]"), tab = event.target.closest(".panels button");
    if (!link && !tab) return;
    event.preventDefault();
    if (link) return jump(Number(link.dataset.line), Number(link.dataset.column));
    form.querySelector("input[name=show]").value = tab.value;
    form.querySelectorAll(".panels button").forEach(button => button.setAttribute("aria-pressed", String(button === tab)));
    check();
  });
  form.addEventListener("submit", () => sending = true);
  addEventListener("beforeunload", event => {
    if (!sending && area.value !== saved) event.preventDefault();
  });

  paint();
  check();
})();
