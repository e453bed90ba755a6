/** How the report looks, light and dark. Blue, vermilion and grey are told apart by eyes that see no red or no green (after Okabe and Ito). */
import { type Markup, markup } from "./markup.ts";

export const style: Markup = markup`
:root{color-scheme:light dark;--back:#fff;--text:#1c2733;--soft:#5b6875;--line:#c9d1d9;--box:#f4f6f8;--allow:#0072b2;--deny:#d55e00;--depends:#d9dee3;--on-allow:#fff;--on-deny:#fff;--on-depends:#1c2733;--test:#fff7d6;--test-line:#b08900}
@media(prefers-color-scheme:dark){:root{--back:#12181f;--text:#e4e9ee;--soft:#9aa7b4;--line:#3a4652;--box:#1e2730;--allow:#56b4e9;--deny:#e69f00;--depends:#3a4652;--on-allow:#08131c;--on-deny:#1a1000;--on-depends:#e4e9ee;--test:#2c2813;--test-line:#b59b3a}}
body{margin:0 auto;padding:24px 32px 64px;max-width:1500px;background:var(--back);color:var(--text);font:15px/1.5 system-ui,sans-serif}
h1{font-size:24px;margin:0 0 4px}h2{font-size:18px;margin:40px 0 8px;border-bottom:1px solid var(--line);padding-bottom:4px}
p{margin:4px 0 12px;max-width:80ch;color:var(--soft)}nav a{color:var(--allow);margin-right:16px}
.scroll{overflow-x:auto;padding:8px 0}svg{display:block}svg text{font:12px ui-monospace,SFMono-Regular,Menlo,monospace;fill:var(--text)}
.cell text{font-weight:700}.cell.allow rect{fill:var(--allow)}.cell.allow text{fill:var(--on-allow)}.cell.deny rect{fill:var(--deny)}.cell.deny text{fill:var(--on-deny)}.cell.depends rect{fill:var(--depends)}.cell.depends text{fill:var(--on-depends)}
.cell:hover rect{stroke:var(--text);stroke-width:2}
.tree rect{fill:var(--box);stroke:var(--line)}.tree .test rect{fill:var(--test);stroke:var(--test-line)}.tree .allow rect,.tree .route rect{fill:var(--allow);stroke:none}.tree .allow text,.tree .route text{fill:var(--on-allow)}
.tree .deny rect,.tree .require rect{fill:var(--deny);stroke:none}.tree .deny text,.tree .require text{fill:var(--on-deny)}.tree .more rect{stroke-dasharray:4 3}.tree .edge{fill:none;stroke:var(--soft)}.tree .on-edge{fill:var(--soft);font-size:11px}
.sizes .file{fill:var(--allow)}.sizes .part{fill:var(--soft)}
.legend{display:flex;gap:24px;margin:8px 0 0;padding:0;list-style:none}.legend b{display:inline-block;width:22px;border-radius:3px;text-align:center;margin-right:8px}
.legend .allow{background:var(--allow);color:var(--on-allow)}.legend .deny{background:var(--deny);color:var(--on-deny)}.legend .depends{background:var(--depends);color:var(--on-depends)}
details{border:1px solid var(--line);border-radius:6px;margin:6px 0;padding:4px 12px}summary{cursor:pointer;font:13px ui-monospace,SFMono-Regular,Menlo,monospace}figure{margin:12px 0}figcaption{color:var(--soft);font-size:13px}
`;
