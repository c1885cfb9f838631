/** The one style sheet: system fonts, light and dark as the reader has it, and rules for paper. */
export const style = `:root {
  color-scheme: light dark;
  --ink: #1b1f24; --quiet: #57606a; --paper: #ffffff; --tint: #f3f5f8; --line: #ccd3db;
  --link: #0b57a4; --mark: #8a3b00; --measure: 72ch;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e6e9ed; --quiet: #a3adb8; --paper: #14181d; --tint: #1e242b; --line: #3a434d;
    --link: #7db7f5; --mark: #f0a868;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body {
  margin: 0 auto; padding: 0 1rem 3rem; max-width: 72rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
h1, h2, h3, h4 { line-height: 1.25; margin: 2em 0 0.5em; text-wrap: balance; }
h1 { font-size: 1.9rem; margin-top: 1rem; }
h2 { font-size: 1.45rem; border-bottom: 1px solid var(--line); padding-bottom: 0.2em; }
h3 { font-size: 1.15rem; }
h4 { font-size: 1rem; margin-top: 1.2em; }
p, li, dd { max-width: var(--measure); overflow-wrap: anywhere; }
a { color: var(--link); text-underline-offset: 0.15em; }
:focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; border-radius: 2px; }
main:focus { outline: none; }
.skip { position: absolute; left: -100vw; padding: 0.5rem 1rem; background: var(--paper); z-index: 1; }
.skip:focus { left: 0.5rem; top: 0.5rem; }
body > header {
  display: flex; flex-wrap: wrap; gap: 0.5rem 2rem; align-items: baseline;
  border-bottom: 1px solid var(--line); padding: 0.8rem 0;
}
.site { margin: 0; font-weight: 650; font-size: 1.15rem; }
.site a { color: inherit; text-decoration: none; }
body > header ul { display: flex; flex-wrap: wrap; gap: 0.3rem 1.2rem; margin: 0; padding: 0; list-style: none; }
.contents { border: 1px solid var(--line); border-radius: 6px; background: var(--tint); padding: 0.2rem 1rem; margin: 1.5rem 0; }
.contents ul { padding-left: 1.2rem; columns: 20rem; }
.contents details summary { cursor: pointer; padding: 0.3rem 0; }
code, pre, kbd { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 0.9em; }
code { background: var(--tint); padding: 0.1em 0.3em; border-radius: 3px; overflow-wrap: anywhere; }
pre { background: var(--tint); border: 1px solid var(--line); border-radius: 6px; padding: 0.8rem; overflow-x: auto; }
pre code { background: none; padding: 0; }
table { border-collapse: collapse; width: 100%; margin: 0.8rem 0; }
caption { text-align: left; color: var(--quiet); padding-bottom: 0.3rem; }
th, td { border-bottom: 1px solid var(--line); padding: 0.4rem 0.8rem 0.4rem 0; text-align: left; vertical-align: top; }
thead th { border-bottom-width: 2px; }
tbody th { font-weight: 550; }
.scroll { overflow-x: auto; }
dt { font-weight: 600; margin-top: 0.8em; }
dd { margin-left: 0; }
.method { font-weight: 700; letter-spacing: 0.03em; }
.quiet { color: var(--quiet); }
footer { margin-top: 4rem; border-top: 1px solid var(--line); color: var(--quiet); font-size: 0.9rem; }
input, button, select { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: 4px; padding: 0.4rem 0.7rem; }
button { cursor: pointer; background: var(--tint); }
@media print {
  :root { --ink: #000; --quiet: #333; --paper: #fff; --tint: #fff; --line: #999; --link: #000; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  body > header nav, .skip, .contents, footer { display: none; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; }
  h2, h3, h4 { break-after: avoid; }
  pre, tr { break-inside: avoid; }
}
`;
