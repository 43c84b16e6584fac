export type ShellCommand = {
  readonly command: string;
  /** The comment on the line before it. */
  readonly title: string | null;
};

/** The commands of a shell script, told apart by line ends, `;` and `&&` outside of quotes. */
export function splitCommands(text: string): ShellCommand[] {
  const commands: ShellCommand[] = [];
  let title: string | null = null;
  let start = 0;
  let at = 0;
  const end = (length: number): void => {
    const command = text.slice(start, at).trim();
    if (command !== '') {
      commands.push({ command, title });
      title = null;
    }
    at += length;
    start = at;
  };
  while (at < text.length) {
    const rest = text.slice(at, at + 2);
    const unit = rest.charAt(0);
    if (unit === '#' && text.slice(start, at).trim() === '') {
      const line = /^[^\r\n]*/.exec(text.slice(at))?.[0] ?? '';
      // The first line of a script names its shell.
      title = line.startsWith('#!') ? null : line.replace(/^#+\s*/, '').trim() || null;
      at += line.length;
      start = at;
    } else if (unit === '\\' || unit === '^') {
      at += text.startsWith('\r\n', at + 1) ? 3 : 2;
    } else if (unit === "'" || unit === '"') {
      at = afterQuote(text, at);
    } else if (unit === '\n' || unit === ';') end(1);
    else if (rest === '&&' || rest === '||') end(2);
    else at += 1;
  }
  end(0);
  return commands;
}

/** Where the text goes on after a quote; its end where the quote is never closed. */
function afterQuote(text: string, at: number): number {
  const quote = text.charAt(at);
  const escapes = quote === '"' || text.charAt(at - 1) === '$';
  for (let end = at + 1; end < text.length; end += 1) {
    if (escapes && text.charAt(end) === '\\') end += 1;
    else if (text.charAt(end) === quote) return end + 1;
  }
  return text.length;
}
