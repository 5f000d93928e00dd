// The page's only talk with the server: one snapshot, one stream of pushes, one address for acts.

/** What the server refused, in a sentence for a person. */
export class ActError extends Error {}

/** The whole state; see the server's contract. Errors: ActError when the server cannot be reached. */
export async function readState() {
  const response = await reach("/playground/state", { headers: { Accept: "application/json" } });
  if (!response.ok) throw new ActError(`The playground's server answered ${response.status}. Reload the page.`);
  return response.json();
}

/** Do something as the reader. Resolves to the server's answer; errors: ActError with the server's sentence. */
export async function act(name, fields = {}) {
  const response = await reach("/playground/acts", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ act: name, ...fields }),
  });
  const answer = await response.json().catch(() => null);
  if (response.ok && answer?.ok) return answer;
  throw new ActError(answer?.error ?? `The playground's server answered ${response.status} to “${name}”.`);
}

async function reach(path, options) {
  try {
    return await fetch(path, options);
  } catch {
    throw new ActError("The playground's server cannot be reached. Is it still running?");
  }
}

const FIRST_WAIT = 500;
const LONGEST_WAIT = 8000;

/** Listen to pushes for ever: `onpush(push)` for each, `onlink(true | false)` when the line opens or breaks. */
export function listen(onpush, onlink) {
  let wait = FIRST_WAIT;
  const connect = () => {
    const socket = new WebSocket(
      `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/playground/events`,
    );
    socket.addEventListener("open", () => {
      wait = FIRST_WAIT;
      onlink(true);
    });
    socket.addEventListener("message", (event) => onpush(JSON.parse(event.data)));
    socket.addEventListener("close", () => {
      onlink(false);
      setTimeout(connect, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    });
  };
  connect();
}
