// Answers survive in the browser's own storage; where there is none they live as long as the page.
export const CHANGED = "cnnlib:answers";

const PREFIX = "cnnlib/quiz";
const fallback = new Map();

const keyOf = (bank, section) => `${PREFIX}/${bank}/${section}/`;

// A sandboxed page throws at the mere mention of localStorage.
function storage() {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}

function get(key) {
  try {
    return storage()?.getItem(key) ?? fallback.get(key) ?? null;
  } catch {
    return fallback.get(key) ?? null;
  }
}

function put(key, text) {
  fallback.set(key, text);
  try {
    storage()?.setItem(key, text);
  } catch {
    // Full or forbidden: the fallback holds it.
  }
}

function remove(key) {
  fallback.delete(key);
  try {
    storage()?.removeItem(key);
  } catch {
    // Nothing was kept there then.
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// Every kept answer of these questions, unjudged.
export function recall(bank, section, identities) {
  const kept = identities.map((id) => [id, parsed(get(keyOf(bank, section) + id))]);
  return Object.fromEntries(kept.filter(([, answer]) => answer));
}

export function remember(bank, section, answers) {
  for (const [id, answer] of Object.entries(answers)) put(keyOf(bank, section) + id, JSON.stringify(answer));
  announce({ bank, section, cleared: false });
}

export function forget(bank, section, identities) {
  for (const id of identities) remove(keyOf(bank, section) + id);
  announce({ bank, section, cleared: true });
}

// "storage" reaches other tabs only; this one reaches the widgets of this page.
function announce(detail) {
  globalThis.dispatchEvent?.(new CustomEvent(CHANGED, { detail }));
}

// Calls back when answers change, here (with what changed) or in another tab; returns what stops it.
export function watch(changed) {
  const here = (event) => changed(event.detail);
  const elsewhere = (event) => {
    if (event.key === null || event.key.startsWith(PREFIX)) changed({ cleared: false });
  };
  globalThis.addEventListener(CHANGED, here);
  globalThis.addEventListener("storage", elsewhere);
  return () => {
    globalThis.removeEventListener(CHANGED, here);
    globalThis.removeEventListener("storage", elsewhere);
  };
}
