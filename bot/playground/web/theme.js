// Light or dark: the system's choice, unless the reader or the address chose.

const KEY = "iraq-desk-theme";
const THEMES = new Set(["light", "dark"]);

function kept() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** The theme on screen. */
export function theme() {
  return (
    document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")
  );
}

export function nextTheme() {
  return theme() === "dark" ? "light" : "dark";
}

/** Use a theme from now on. */
export function setTheme(name) {
  document.documentElement.dataset.theme = name;
  try {
    localStorage.setItem(KEY, name);
  } catch {
    // A browser without storage forgets the choice; nothing else depends on it.
  }
}

/** At the start: the address (for this visit only), else what was chosen before, else the system. */
export function startTheme(asked) {
  const name = THEMES.has(asked) ? asked : kept();
  if (THEMES.has(name)) document.documentElement.dataset.theme = name;
}
