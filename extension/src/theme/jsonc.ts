/** Parses JSON with comments and trailing commas, as theme files are written. Throws what `JSON.parse` throws. */
export function parseJsonc(text: string): unknown {
  // Strings are matched first, so that comment marks inside them stay.
  const bare = text
    .replace(/^\uFEFF/, '')
    .replace(/("(?:\\.|[^"\\])*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (_, string?: string) => string ?? ' ')
    .replace(/("(?:\\.|[^"\\])*")|,(?=\s*[}\]])/g, (_, string?: string) => string ?? '');
  return JSON.parse(bare);
}
