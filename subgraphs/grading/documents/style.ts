/** For US Letter paper, black ink first: hairlines and weight carry the order, color only supports it. No font or image is fetched. */
export const style = `
@page { size: letter; margin: 0.6in 0.65in 0.7in; }
* { box-sizing: border-box; }
html { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
body { margin: 0 auto; max-width: 7.2in; color: #16202a; background: #fff; font: 9.5pt/1.4 "Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif; font-variant-numeric: tabular-nums; }
@media screen { body { padding: 0.6in 0; } }
header { display: flex; justify-content: space-between; align-items: flex-end; gap: 24pt; padding-bottom: 9pt; border-bottom: 1.5pt solid #16202a; }
h1, h2, .school { font-family: "Iowan Old Style", Palatino, "Palatino Linotype", Georgia, "Liberation Serif", serif; font-weight: 600; }
.school { font-size: 17pt; line-height: 1.15; }
.district, .contact { color: #55616d; font-size: 8.5pt; }
.title { text-align: right; }
h1 { margin: 0; font-size: 13pt; }
.title p { margin: 1pt 0 0; color: #55616d; }
h2 { margin: 16pt 0 4pt; font-size: 11pt; break-after: avoid; }
.facts { display: flex; margin: 10pt 0 4pt; gap: 14pt; }
.facts div { flex: 1; border-left: 2pt solid #c9d2da; padding-left: 7pt; }
.facts div:first-child { flex: 2.2; }
.label { display: block; color: #55616d; font-size: 7pt; letter-spacing: 0.06em; text-transform: uppercase; }
.facts strong { font-size: 10.5pt; font-weight: 600; }
table { width: 100%; border-collapse: collapse; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th { padding: 3pt 5pt; border-bottom: 0.75pt solid #16202a; color: #55616d; font-size: 7.5pt; font-weight: 600; letter-spacing: 0.03em; text-align: left; vertical-align: bottom; }
td { padding: 4pt 5pt; border-bottom: 0.5pt solid #d6dde3; vertical-align: top; }
th:first-child, td:first-child { padding-left: 0; }
.mark, .number { text-align: center; white-space: nowrap; }
.number { text-align: right; }
th.mark { width: 0.74in; white-space: normal; }
td.mark b { font-size: 11pt; font-weight: 600; }
td.mark small { display: block; color: #55616d; font-size: 7.5pt; line-height: 1.1; }
.now { background: #f1f5f8; }
.sub { color: #55616d; font-size: 8pt; }
tr.said td { padding: 0 5pt 5pt 0; font-style: italic; }
tr.has-comment > td { border-bottom: 0; padding-bottom: 2pt; }
.summary { display: flex; flex-wrap: wrap; gap: 6pt 22pt; margin-top: 12pt; padding: 8pt 10pt; background: #f1f5f8; break-inside: avoid; }
.summary strong { font-size: 11pt; }
.terms { columns: 2; column-gap: 22pt; margin-top: 12pt; }
.term { break-inside: avoid; margin-bottom: 10pt; }
.term h2 { margin: 0; font-size: 10pt; }
.term .sub { margin: 0 0 2pt; }
.term td, .term th { padding: 2pt 4pt; font-size: 8.5pt; }
.term td:first-child, .term th:first-child { padding-left: 0; }
.term td.sub { font-size: 7.5pt; white-space: nowrap; }
.legend { margin-top: 12pt; color: #55616d; font-size: 7.5pt; break-inside: avoid; }
.legend p { margin: 0 0 2pt; }
.notice { margin: 8pt 0 0; padding: 5pt 8pt; border: 1pt solid #16202a; font-weight: 600; }
.sign { display: flex; gap: 30pt; margin-top: 40pt; break-inside: avoid; }
.sign div { flex: 1; border-top: 0.75pt solid #16202a; padding-top: 2pt; color: #55616d; font-size: 7.5pt; }
footer { margin-top: 14pt; padding-top: 4pt; border-top: 0.5pt solid #d6dde3; color: #55616d; font-size: 7.5pt; break-inside: avoid; }
`;
