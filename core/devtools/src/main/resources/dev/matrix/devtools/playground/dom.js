// Elements from names, attributes and children; text is always text, never markup.

export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "value" || key === "checked" || key === "disabled") element[key] = value;
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export function say(text) {
  document.getElementById("status").textContent = text;
}

export function tabs(label, panes) {
  const body = el("div");
  const buttons = panes.map(([name, make], i) =>
    el("button", { type: "button", role: "tab", "aria-selected": "false", tabindex: "-1", onclick: () => show(i, false) }, name));
  function show(i, focus) {
    buttons.forEach((button, at) => {
      button.setAttribute("aria-selected", String(at === i));
      button.tabIndex = at === i ? 0 : -1;
    });
    if (focus) buttons[i].focus();
    body.replaceChildren(panes[i][1]());
  }
  const list = el("div", { class: "tabs", role: "tablist", "aria-label": label, onkeydown: (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = buttons.indexOf(document.activeElement);
    if (step && at >= 0) show((at + step + buttons.length) % buttons.length, true);
  } }, buttons);
  show(0, false);
  return { element: el("div", {}, list, body), show };
}

export function copy(text) {
  return el("button", { type: "button", onclick: async (event) => {
    const button = event.currentTarget;
    try {
      await navigator.clipboard.writeText(text());
      button.textContent = "Copied";
    } catch {
      button.textContent = "Select and copy by hand";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  } }, "Copy");
}

export function save(name, text) {
  const url = URL.createObjectURL(new Blob([text]));
  el("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
