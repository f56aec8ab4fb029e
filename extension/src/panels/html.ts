/** Addresses that a panel's page loads. */
export interface PageParts {
  nonce: string;
  /** The webview's own origin, as `webview.cspSource` gives it. */
  source: string;
  script: string;
  style: string;
}

/** Nothing but our one script, our one style sheet and pictures that came as data. */
export function contentSecurityPolicy({ nonce, source }: Pick<PageParts, 'nonce' | 'source'>): string {
  return `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${source}; img-src data:`;
}

/** The page of a panel: empty; the script builds everything from data. */
export function panelPage(parts: PageParts): string {
  return `<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(parts)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${parts.style}">
<title>Explanation</title>
</head>
<body>
<div id="panel"></div>
<script nonce="${parts.nonce}" src="${parts.script}"></script>
</body>
</html>`;
}
