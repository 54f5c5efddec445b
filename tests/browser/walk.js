// Thousands of random touches on one widget: whatever can be pointed at, pressed, typed into, slid.
// The same seed walks the same way. Returns what was seen to go wrong.
async ({ seed, events }) => {
  const root = document.querySelector("[data-cnnlib]");
  const random = (() => {
    let state = seed >>> 0;
    return () => {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
  })();
  const one = (list) => list[Math.floor(random() * list.length)];
  const PLACES = "[data-index], [tabindex], [data-trace], [data-pad], canvas, svg, summary, label";
  const CONTROLS = "button, select, input, textarea";
  const KEYS = [
    ...["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown", " "],
    ...["Enter", "Escape", "Tab", "Backspace", "Delete", "z", "e", "0", "1", "5", "9", "-", ".", "x"],
  ];
  const TEXTS = ["3", "-2", "0.5", "1e9", "1e999", "-", "", "½", "NaN", "<b>3</b>", "9".repeat(40)];
  const wrong = [];

  function point(target, kinds) {
    const box = target.getBoundingClientRect();
    const at = {
      bubbles: true, cancelable: true, pointerId: 1, isPrimary: true, button: 0,
      buttons: kinds.includes("pointerup") ? 0 : 1,
      pointerType: one(["mouse", "touch", "pen"]),
      clientX: box.left + random() * box.width,
      clientY: box.top + random() * box.height,
    };
    for (const kind of kinds) target.dispatchEvent(new PointerEvent(kind, at));
  }

  const MOVES = [
    ["pointerover", "pointermove"],
    ["pointerout"],
    ["pointerdown", "pointermove", "pointerup", "click"],
    ["pointerdown", "pointermove"],
    ["pointerup"],
    ["pointercancel"],
    ["pointerdown", "pointerup", "click", "pointerdown", "pointerup", "click", "dblclick"],
  ];

  function press(target) {
    target.focus?.();
    const key = one(KEYS);
    const settings = { key, bubbles: true, cancelable: true, shiftKey: random() < 0.1, ctrlKey: random() < 0.05 };
    const active = document.activeElement ?? target;
    active.dispatchEvent(new KeyboardEvent("keydown", settings));
    active.dispatchEvent(new KeyboardEvent("keyup", settings));
  }

  function use(control) {
    if (control.tagName === "SELECT") control.value = one([...control.options])?.value ?? "";
    else if (control.type === "range") control.value = Number(control.min) + random() * (Number(control.max) - Number(control.min));
    else if (control.type === "checkbox" || control.type === "radio" || control.tagName === "BUTTON") return control.click();
    else control.value = one(TEXTS);
    control.dispatchEvent(new Event("input", { bubbles: true }));
    control.dispatchEvent(new Event("change", { bubbles: true }));
    if (random() < 0.5) control.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
    if (random() < 0.2) control.blur();
  }

  function step() {
    const chance = random();
    const target = one([...root.querySelectorAll(chance < 0.7 ? PLACES : CONTROLS)].filter((e) => e.checkVisibility()));
    if (!target || target.closest("a[download]")) return;
    if (chance < 0.45) point(target, one(MOVES));
    else if (chance < 0.7) press(target);
    else if (!target.disabled) use(target);
  }

  const frame = () => new Promise(requestAnimationFrame);
  for (let n = 1; n <= events && wrong.length < 5; n++) {
    try {
      step();
    } catch (error) {
      wrong.push(`event ${n}: ${error.stack}`);
    }
    if (n % 40 === 0) await frame();
    if (n % 500 === 0) {
      root.parentElement.style.width = `${320 + Math.floor(random() * 900)}px`;
      await frame();
      const text = root.innerText;
      if (!root.isConnected) wrong.push(`event ${n}: the widget is gone`);
      if (/undefined|\[object|NaN px/.test(text)) wrong.push(`event ${n}: shows ${text.match(/.{0,40}(undefined|\[object|NaN px).{0,40}/)[0]}`);
      const size = root.querySelectorAll("*").length;
      if (size > 30_000) wrong.push(`event ${n}: ${size} elements`);
    }
  }
  return wrong;
};
