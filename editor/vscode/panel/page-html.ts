/** The panel's page. Promises: a policy that lets in this page's own script and style and nothing else; no text of the user stands in it. */

export type PageParts = {
  /** The address of the bundled script, and of the style. */
  readonly script: string;
  readonly style: string;
  /** The source of resources that VS Code gives to the page. */
  readonly source: string;
  /** New for each page. */
  readonly nonce: string;
};

export function panelPage({ script, style, source, nonce }: PageParts): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${source}; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
<title>GWL</title>
</head>
<body>
<main>
<h1>GWL</h1>
<section aria-labelledby="routes-title">
<h2 id="routes-title">Routes</h2>
<p id="no-routes" hidden></p>
<div id="routes"></div>
</section>
<section aria-labelledby="decisions-title">
<h2 id="decisions-title">Who may call</h2>
<p id="about-route" aria-live="polite" hidden></p>
<div id="decisions"></div>
</section>
<section aria-labelledby="form-title">
<h2 id="form-title">Try a request</h2>
<form id="form" novalidate>
<div class="line">
<label>Method<select name="method"></select></label>
<label class="wide">Path<input name="target" value="/" spellcheck="false" autocomplete="off"></label>
</div>
<div class="line">
<label class="wide">From address<input name="from" placeholder="192.0.2.1" spellcheck="false" autocomplete="off"></label>
<label class="wide">As<select name="identity"></select></label>
</div>
<label>Claims (JSON)<textarea name="claims" rows="3" spellcheck="false"></textarea></label>
<details>
<summary>Headers, body, time</summary>
<label>Headers, one a line<textarea name="headers" rows="2" spellcheck="false" placeholder="X-Name: value"></textarea></label>
<label>Body (JSON)<textarea name="body" rows="3" spellcheck="false"></textarea></label>
<label>At<input name="at" placeholder="2026-01-31T08:00:00Z" spellcheck="false" autocomplete="off"></label>
</details>
<div class="line">
<label class="wide stage" hidden>Stage<select name="stage"></select></label>
<button type="submit">Ask</button>
</div>
<p id="mistake" role="alert" hidden></p>
</form>
<p id="verdict" role="status" hidden></p>
<div id="phases"></div>
</section>
</main>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>
`;
}
