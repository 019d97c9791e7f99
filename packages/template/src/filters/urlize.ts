const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&#34;",
  "'": "&#39;",
};

export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"']/g, (each) => entities[each] ?? each);
}

interface Linking {
  readonly limit: number | undefined;
  readonly rel: string;
  readonly target: string;
  readonly schemes: readonly string[];
}

const scheme = "(?:https?:\\/\\/|www\\.)(?:(?:[\\w%-]+\\.)+)?(?:[a-z]{2,63}|xn--[\\w%]{2,59})";
const common = "(?:[\\w%-]{2,63}\\.)+(?:com|net|int|edu|gov|org|info|mil)";
const address = "https?:\\/\\/(?:\\d{1,3}(?:\\.\\d{1,3}){3}|\\[(?:[\\da-f]{0,4}:){2}(?:[\\da-f]{0,4}:?){1,6}\\])";
const link = new RegExp(`^(?:${scheme}|${common}|${address})(?::\\d{1,5})?(?:[/?#]\\S*)?$`, "i");
const mail = /^\S+@\w[\w.-]*\.\w+$/;

/** Jinja2's urlize: what looks like an address in a text becomes a link. */
export function urlize(text: string, linking: Linking): string {
  return escapeMarkup(text)
    .split(/(\s+)/)
    .map((word) => linked(word, linking))
    .join("");
}

function linked(word: string, linking: Linking): string {
  const head = /^(?:[(<]|&lt;)+/.exec(word)?.[0] ?? "";
  let middle = word.slice(head.length);
  let tail = /(?:[)>.,\n]|&gt;)+$/.exec(middle)?.[0] ?? "";
  middle = middle.slice(0, middle.length - tail.length);
  for (const [open, close] of [
    ["(", ")"],
    ["<", ">"],
    ["&lt;", "&gt;"],
  ] as const) {
    const missing = middle.split(open).length - middle.split(close).length;
    for (let count = Math.min(missing, tail.split(close).length - 1); count > 0; count--) {
      const end = tail.indexOf(close) + close.length;
      middle += tail.slice(0, end);
      tail = tail.slice(end);
    }
  }
  return head + anchor(middle, linking) + tail;
}

function anchor(word: string, { limit, rel, target, schemes }: Linking): string {
  const attributes = (rel ? ` rel="${escapeMarkup(rel)}"` : "") + (target ? ` target="${escapeMarkup(target)}"` : "");
  if (link.test(word)) {
    const shown = limit !== undefined && word.length > limit ? `${word.slice(0, limit)}...` : word;
    return `<a href="${/^https?:\/\//.test(word) ? "" : "https://"}${word}"${attributes}>${shown}</a>`;
  }
  if (word.startsWith("mailto:") && mail.test(word.slice(7))) return `<a href="${word}">${word.slice(7)}</a>`;
  if (word.includes("@") && !/^(?:www\.|@)/.test(word) && !word.includes(":") && mail.test(word)) {
    return `<a href="mailto:${word}">${word}</a>`;
  }
  const own = schemes.some((each) => word !== each && word.startsWith(each));
  return own ? `<a href="${word}"${attributes}>${word}</a>` : word;
}
