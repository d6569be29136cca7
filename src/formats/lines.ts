/**
 * Lines of a cell as running text. Written without back-tracking patterns: cells come from strangers.
 */

/** A line break between Japanese characters is a wrapped line and goes; elsewhere it is a space. */
export function joinLines(text: string): string {
  let joined = '';
  for (const piece of text.split('\n')) {
    const line = piece.replace(/\s+/g, ' ').trim();
    if (line === '') continue;
    const wrapped = /[^ -~]$/.test(joined) && /^[^ -~]/.test(line);
    joined += joined === '' || wrapped ? line : ` ${line}`;
  }
  return joined;
}
