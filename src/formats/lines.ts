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

const sectionEnd = /(?:[課室局部係所署館園会班]|センター|チーム|グループ|担当)$/;

/**
 * 所管課, one a line. A line that ends like no section, in front of one that does, was broken for want
 * of space: シティプロ, モーション課.
 */
export function joinBrokenSections(text: string): string {
  const lines: string[] = [];
  for (const piece of text.split('\n')) {
    const line = piece.trim();
    const before = lines.at(-1);
    if (before !== undefined && !sectionEnd.test(before) && sectionEnd.test(line))
      lines[lines.length - 1] = before + line;
    else lines.push(line);
  }
  return lines.join('\n');
}
