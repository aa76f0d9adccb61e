package io.github.imagedelivery.ecr.local;

/** The looks of {@link IndexPage}, by day, by night and on paper: those of the page of a delivery. */
final class PageStyle {
    static final String CSS = """
            :root {
              --ground: #f5f6f8; --card: #fff; --line: #dfe3e9; --text: #1b2330; --quiet: #5a6577;
              --accent: #1459c7; --accent-ground: #e4eefd; --bar: #2f74d0;
            }
            @media (prefers-color-scheme: dark) {
              :root {
                --ground: #10141a; --card: #181e27; --line: #2d3644; --text: #e5e9f0; --quiet: #9aa6b8;
                --accent: #8ab8ff; --accent-ground: #1b3054; --bar: #5c9cf5;
              }
            }
            * { box-sizing: border-box; }
            body {
              margin: 0 auto; padding: 2.5rem 1.25rem 4rem; max-width: 68rem;
              background: var(--ground); color: var(--text);
              font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
            }
            h1 { margin: 0 0 .75rem; font-size: 2rem; letter-spacing: -.02em; }
            :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: .25rem; }
            h2 { margin: 0 0 .75rem; font-size: 1.2rem; overflow-wrap: anywhere; }
            h2 small { margin-left: .5rem; font-size: .8rem; font-weight: 400; color: var(--quiet); }
            code { font: .9em ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
            header dd { font-size: 1.1rem; font-weight: 600; }
            dl { display: flex; flex-wrap: wrap; gap: .5rem 2.25rem; margin: 0; }
            dt { font-size: .75rem; color: var(--quiet); }
            dd { margin: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
            section { margin-top: 2.5rem; }
            article, header dl {
              background: var(--card); border: 1px solid var(--line); border-radius: .75rem;
              padding: 1rem 1.25rem; margin-bottom: .75rem;
            }
            .tags { display: flex; flex-wrap: wrap; gap: .4rem; margin-bottom: .75rem; }
            .tag, .untagged { padding: .1rem .6rem; border-radius: 1rem; font-size: .875rem; overflow-wrap: anywhere; }
            .tag { background: var(--accent-ground); color: var(--accent); font-weight: 600; }
            .untagged { border: 1px dashed var(--line); color: var(--quiet); }
            details { margin-top: .75rem; }
            summary { cursor: pointer; color: var(--quiet); font-size: .875rem; width: fit-content; }
            summary:hover { color: var(--accent); }
            table { width: 100%; margin-top: .5rem; border-collapse: collapse; font-size: .9rem; }
            td { padding: .35rem 1.5rem .35rem 0; border-top: 1px solid var(--line); white-space: nowrap; }
            td small { color: var(--quiet); white-space: normal; overflow-wrap: anywhere; }
            td.bar { width: 100%; padding-right: 0; }
            td .right { display: block; text-align: right; font-variant-numeric: tabular-nums; }
            i { display: block; height: .5rem; border-radius: .25rem; background: var(--bar); }
            .empty { color: var(--quiet); }
            @media print {
              :root {
                color-scheme: light; --ground: #fff; --card: #fff; --line: #bbb; --text: #000; --quiet: #444;
                --accent: #000; --accent-ground: #fff; --bar: #2f74d0;
              }
              i { print-color-adjust: exact; }
              body { padding: 0; max-width: none; }
              article { break-inside: avoid; }
            }
            @media (max-width: 30rem) { dl { gap: .5rem 1.25rem; } td.bar { display: none; } }
            """;

    private PageStyle() {}
}
