"""How papers look in a browser: the style sheet that stands in the file itself, and its hash for a content policy."""

import base64
import hashlib

STYLE = """
:root { color-scheme: light; --ink: #1c1f24; --grey: #5e6670; --accent: #084577; --hair: #c2c9d1; --tint: #eff3f7; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: var(--ink); font: 1rem/1.6 "Noto Sans", Arial, sans-serif; }
:lang(ar) { font-family: "Amiri", "Noto Naskh Arabic", "Traditional Arabic", Arial, serif; line-height: 1.85; }
:lang(zh) { font-family: "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; }
:lang(ar) em, :lang(zh) em, :lang(ar) blockquote, :lang(zh) blockquote { font-style: normal; }
main { max-inline-size: 46rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; overflow-wrap: break-word; }
a { color: var(--accent); }
header { border-block-end: 1px solid var(--hair); padding-block-end: 1rem; margin-block-end: 1.5rem; }
.series, .kind, h2 { color: var(--accent); font-weight: 700; }
.series { border-block-end: 3px solid var(--accent); padding-block-end: .4rem; }
h1 { font-size: 1.9rem; line-height: 1.3; margin: 1rem 0 .5rem; }
h2 { font-size: 1.4rem; margin: 2.2rem 0 .6rem; }
h3 { font-size: 1.1rem; margin: 1.6rem 0 .5rem; }
h4, h5, h6 { font-size: 1rem; color: var(--grey); margin: 1.3rem 0 .4rem; }
.subtitle, .version, .remark, figcaption, footer { color: var(--grey); }
.numbered { display: grid; grid-template-columns: 3rem 1fr; margin-block: .9rem; }
.numbered > .words > :first-child { margin-block-start: 0; }
.numbered > .words > :last-child { margin-block-end: 0; }
.sentence { font-weight: 700; }
blockquote { margin: 0; font-style: italic; }
figure { margin: 1rem 0; padding-inline-start: 1rem; border-inline-start: 3px solid var(--accent); }
aside { border: 1px solid var(--hair); background: var(--tint); padding: .8rem 1.1rem; margin: 1.4rem 0; }
aside h2, aside h3, aside h4, aside h5, aside h6 { margin-block-start: 0; }
.across { inline-size: 100%; overflow-x: auto; margin: 1.2rem 0; }
table { border-collapse: collapse; inline-size: 100%; font-size: .875rem; line-height: 1.45; }
caption { text-align: start; font-weight: 700; padding-block-end: .4rem; }
th, td { text-align: start; vertical-align: top; padding: .45rem .5rem; border-block-end: 1px solid var(--hair); }
thead th { color: var(--accent); border-block-end: 2px solid var(--accent); }
tbody th { background: var(--tint); color: var(--accent); }
dl { display: grid; grid-template-columns: minmax(8rem, 11rem) 1fr; border-block-start: 1px solid var(--hair); }
dt, dd { margin: 0; padding: .35rem 0; border-block-end: 1px solid var(--hair); overflow-wrap: anywhere; }
dt { font-weight: 700; color: var(--grey); padding-inline-end: 1rem; }
footer { margin-block-start: 2.5rem; font-size: .875rem; }
nav ol { list-style: none; padding: 0; }
nav ol ol { padding-inline-start: 1.5rem; }
hr { inline-size: 4rem; border: 0; border-block-start: 2px solid var(--accent); margin-block: 2rem; }
hr { margin-inline: 0 auto; }
[role="doc-endnotes"] { border-block-start: 1px solid var(--hair); margin-block-start: 2.5rem; font-size: .875rem; }
@media print { main { max-inline-size: none; padding: 0; } thead { display: table-header-group; } }
@media (max-width: 30rem) { dl { display: block; } dt { border: 0; } }
""".strip()
POLICY = f"'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'"
