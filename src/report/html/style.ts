/** The one style of every page: readable in light and dark, on narrow screens and on paper. */
export const style = `
:root { color-scheme: light dark; --line: #d1d9e0; --dim: #59636e; --bar: #0969da; --pass: #1a7f37; --fail: #d1242f; --error: #9a6700; }
@media (prefers-color-scheme: dark) { :root { --line: #3d444d; --dim: #9198a1; --bar: #4493f8; --pass: #3fb950; --fail: #f85149; --error: #d29922; } }
body { margin: 0 auto; padding: 1.5rem; max-width: 72rem; font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin: 2rem 0 0.5rem; } h1 small, h2 small { font-weight: normal; color: var(--dim); }
code, pre { font: 0.9em/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
pre { padding: 0.75rem; border: 1px solid var(--line); overflow-x: auto; white-space: pre-wrap; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th, td { padding: 0.25rem 0.75rem 0.25rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { font-weight: 600; color: var(--dim); } .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.bar { width: 8rem; height: 0.6rem; background: var(--line); } .bar rect { fill: var(--bar); }
.pass { color: var(--pass); } .fail { color: var(--fail); } .error { color: var(--error); }
footer { margin-top: 2rem; color: var(--dim); font-size: 0.85rem; }
`;
