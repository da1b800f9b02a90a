/** How the page looks: type and space; colours say what words say too. */
import { type Colours, colours, styleWithin } from '../diagram/svg-style.ts'

const names = Object.keys(colours.light) as readonly (keyof Colours)[]
const given = (of: Colours): string =>
  [...names.map((name) => `--${name}:${of[name]}`), `--rule:${of.edge}55`].join(';')
const asVariables = Object.fromEntries(names.map((name) => [name, `var(--${name})`])) as unknown as Colours

const page = `
*{box-sizing:border-box}
html{color-scheme:light dark}
body{margin:0;background:var(--paper);color:var(--text);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;overflow-wrap:break-word}
.skip{position:absolute;left:-999px}
.skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.25rem .5rem}
body>header,main,nav,footer{max-width:76rem;margin:0 auto;padding:0 1.25rem}
body>header{padding-top:2.5rem}
h1,h2,h3,h4{line-height:1.25;font-weight:600;margin:0}
h1{font-size:clamp(1.6rem,4.5vw,2.5rem);letter-spacing:-.015em}
h2{font-size:1.5rem;letter-spacing:-.01em;margin:0 0 .75rem}
h3{font-size:1.06rem;margin:1.75rem 0 .4rem}
h4{font-size:1rem;font-weight:400}
p{margin:.4rem 0}
p,li,dd{max-width:46rem}
a{color:inherit;text-decoration-color:var(--edge);text-underline-offset:.18em}
a:hover{text-decoration-color:currentColor}
a:focus-visible,summary:focus-visible{outline:2px solid currentColor;outline-offset:2px;border-radius:2px}
code{font:.875em/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;overflow-wrap:anywhere}
ul,ol{margin:.3rem 0;padding-left:1.25rem}
li{margin:.15rem 0}
section{margin-top:3.5rem;padding-top:1.25rem;border-top:1px solid var(--rule)}
.kind,.hint,.about,.rests,.by,.count,.place,.description,caption,footer,nav{color:var(--muted)}
.kind{margin:0 0 .25rem}
.lead{font-size:1.125rem;margin:.75rem 0 0}
.proved,h3.way-in{color:var(--way)}
.refuted,h3.forbidden{color:var(--bad)}
.undecided{color:var(--warn)}
.judged{color:inherit}
.facts{display:flex;flex-wrap:wrap;gap:.5rem 2.5rem;margin:1.5rem 0 0}
.facts dt{color:var(--muted);font-size:.875rem}
.facts dd{margin:0}
header .open{margin-top:1rem;padding-left:1rem;border-left:3px solid var(--bad)}
header .open ul{list-style:none;padding:0}
header .undecided~.open{border-color:var(--warn)}
nav{margin-top:1.75rem}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;padding:0;margin:0}
.place{font:.8125em/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;overflow-wrap:anywhere}
.beside{display:grid;grid-template-columns:minmax(0,1fr);gap:1.5rem 2.5rem}
figure{margin:0;position:relative;min-width:0}
figure svg{display:block;max-width:100%;height:auto}
.hops h3:first-child{margin-top:0}
.hops ol,.hops ul{list-style:none;padding:0}
.hops li{padding:.35rem .6rem;margin:0 -.6rem;border-radius:4px}
.hops li li{padding:0;margin:.1rem 0 .1rem .6rem;color:var(--muted);font-size:.9375rem}
.hops p{margin:0}
.hops li li .place{display:block}
.hops .things p+p{color:var(--muted);font-size:.9375rem}
.hops li:target{background:var(--box);outline:1px solid var(--edge)}
.label{color:var(--muted)}
.told{position:absolute;z-index:1;max-width:min(26rem,100%);padding:.6rem .85rem;background:var(--paper);border:1px solid var(--edge);border-radius:6px;box-shadow:0 4px 16px rgb(0 0 0/.18);font-size:.9375rem}
.told p{margin:0}
.told ul{list-style:none;padding:0;margin:.25rem 0 0;color:var(--muted)}
.reach{fill:none;stroke:transparent;stroke-width:16;pointer-events:stroke}
figure a{outline:none;cursor:pointer}
figure a:hover .reach,figure a:focus-visible .reach{stroke:var(--text);stroke-opacity:.22}
figure a:hover .box,figure a:focus-visible .box{stroke-width:3}
figure a:focus-visible .box{stroke:var(--text)}
article{margin-top:2rem}
article h3{margin:0}
article h3 .verdict{display:inline-block;min-width:6.4rem}
.about{margin-top:.15rem;font-size:.9375rem}
.judged p{margin:0 0 .25rem}
.judged{margin:.6rem 0 0;padding-left:1rem;border-left:2px solid var(--way)}
.judged.refuted{border-color:var(--bad)}
.judged.undecided{border-color:var(--warn)}
.judged .target .verdict{font-size:.875rem}
.path{list-style:none;padding:0;margin:.4rem 0}
.path li{padding-left:1.4rem;position:relative}
.path li+li::before{content:"→";position:absolute;left:0;color:var(--bad)}
.undecided .path li+li::before{color:var(--warn)}
.rests{font-size:.9375rem;margin-top:.6rem}
table{width:100%;table-layout:fixed;border-collapse:collapse;margin:.75rem 0 1.5rem;font-size:.9375rem}
caption{text-align:left;padding:.25rem 0;font-size:.875rem}
th,td{text-align:left;vertical-align:top;padding:.4rem 1rem .4rem 0;border-top:1px solid var(--rule);font-weight:400;overflow-wrap:anywhere}
thead th{border-top:0;color:var(--muted);font-size:.875rem}
tbody tr:last-child>*{border-bottom:1px solid var(--rule)}
.parameters th:first-child{width:42%}
.authorizers th:nth-child(2){width:12%}
.resources th:nth-child(2){width:40%}
.files th:first-child{width:34%}
tr.open b{color:var(--bad)}
.description{display:block;font-size:.875rem}
.digest{font-size:.8125em}
details{margin:.5rem 0}
summary{cursor:pointer;padding:.25rem 0}
footer{margin-top:4rem;padding-bottom:3rem;font-size:.875rem}
@media (min-width:44rem){
.judged{display:grid;grid-template-columns:13rem minmax(0,1fr);gap:0 1.25rem}
}
@media (min-width:68rem){
.beside{grid-template-columns:minmax(0,660px) minmax(0,1fr)}
}
@media (max-width:44rem){
body>header,main,nav,footer{padding-left:1rem;padding-right:1rem}
table,tbody,tr,th,td,caption{display:block}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
article h3 .verdict{display:block}
tbody tr{border-top:1px solid var(--rule);padding:.5rem 0}
tbody th,tbody td,tbody tr:last-child>*{border:0;padding:.05rem 0;width:auto!important}
td[data-column]::before{content:attr(data-column) ": ";color:var(--muted);font-size:.875rem}
}
@media print{
html{color-scheme:light}
body{font-size:10.5pt}
body>header,main,footer{max-width:none;padding:0}
nav,.skip,.hint,.told{display:none}
section{break-before:auto;margin-top:1.5rem}
h2,h3,h4,summary{break-after:avoid}
tr,li,.judged{break-inside:avoid}
.beside{display:block}
figure{break-inside:avoid;margin-bottom:1rem}
figure svg{max-height:22cm}
details::details-content{content-visibility:visible;block-size:auto;display:block}
a{text-decoration:none}
}
`

export const style = `:root{${given(colours.light)}}@media screen and (prefers-color-scheme:dark){:root{${given(colours.dark)}}}${page.replaceAll('\n', '')}${styleWithin('figure ', asVariables)}`
