import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{a as f,b as y}from"./chunk-BNTMFX3J.js";import"./chunk-KZBYUWZI.js";import{f as l}from"./chunk-H45Z4KFB.js";import{c as a,d as c}from"./chunk-N7S6F52K.js";import{a as p}from"./chunk-X3GRHCQ2.js";import{b as m}from"./chunk-GHIX7LE4.js";import"./chunk-SNP752YH.js";import{a as d}from"./chunk-5Y7UMXPB.js";import{a as u}from"./chunk-W2J5EQWB.js";import"./chunk-XZZQGRFD.js";import{a as t}from"./chunk-55PNPI6Q.js";function R(e){let{why:n,counts:r,fix:o,config:i}=e.page;return[b(e),`## Why

${n}`,`## What counts

${g(r)}`,`## How to fix it

${g(o)}`,`## In stagegate.yml

${h(i)}`,...k(e)].join(`

`).concat(`
`)}t(R,"rulePage");function b({id:e,summary:n,severity:r,needs:o,options:i}){return[`# ${e}`,n,`Default severity: \`${r}\`. Looks at ${P[o]}.`,`## Options

${O(i)}`].join(`

`)}t(b,"rulePageHeader");var P={dockerfile:"the Dockerfile, before anything is built",test:"the build of the test target",image:"the built image"};function O(e){let{properties:n={},required:r=[]}=u.toJSONSchema(e,{io:"input"}),o=Object.entries(n).flatMap(([i,s])=>typeof s=="boolean"?[]:[j(i,s,r.includes(i))]);return o.length===0?"None.":["| option | value | default | meaning |","|---|---|---|---|",...o].join(`
`)}t(O,"optionsTable");function j(e,n,r){let o=r?"must be set":`\`${JSON.stringify(n.default)}\``;return`| \`${e}\` | ${n.title??v(n)} | ${o} | ${n.description??""} |`}t(j,"optionRow");function v({type:e}){return N[String(e)]??"a text"}t(v,"describeValue");var N={array:"a list",boolean:"`true` or `false`",integer:"a whole number"};function g(e){return e.map(n=>`- ${n}`).join(`
`)}t(g,"list");function h(e){return["```yaml",...e,"```"].join(`
`)}t(h,"yaml");function k({id:e,page:n}){if(n.waiverReason===void 0)return[];let r=["policy:","  waivers:",`    - rule: ${e}`,...n.waiverPath===void 0?[]:[`      path: ${n.waiverPath}`],`      reason: ${n.waiverReason}`,'      owner: "@platform-team"',"      expires: 2027-01-31"];return[`A finding that a person accepts, up to the end of a day:

${h(r)}`]}t(k,"waiverExample");var A=[{title:"RULE"},{title:"DEFAULT"},{title:"OPTIONS"},{title:"WHAT IT HOLDS"}],T={error:"fail",warning:"near",off:"dim"};function w(e,{color:n,width:r}){let o=e.map(({id:i,severity:s,summary:x,options:S})=>[{text:l(i),style:"bold"},{text:s,style:T[s]},{text:l(S),style:"dim"},{text:l(x)}]);return`${f(A,o,{paint:y(n),width:r,indent:""}).join(`
`)}
`}t(w,"renderRules");function K(e){process.stdout.write(J[e]())}t(K,"listRules");var J={text:t(()=>w(a.map($),p(process.stdout)),"text"),json:t(()=>`${JSON.stringify(a.map(e=>({...$(e),options:D(e)})),null,2)}
`,"json"),markdown:t(()=>["| rule | default | what it holds |","|---|---|---|",...a.map(({id:e,severity:n,summary:r})=>`| \`${e}\` | ${n} | ${r} |`),""].join(`
`),"markdown")};function $(e){let{id:n,severity:r,summary:o}=e;return{id:n,severity:r,summary:o,options:Object.keys(e.options.shape).join(", ")}}t($,"summarise");function D({options:e}){return u.toJSONSchema(e,{io:"input"})}t(D,"optionSchema");function Q(e){let n=c(e);if(n===void 0){let r=a.map(i=>i.id),o=m(e,r);throw new d(`There is no rule named ${JSON.stringify(e)}.`,{hint:o===void 0?`The rules are: ${r.join(", ")}.`:`Did you mean ${o}?`})}process.stdout.write(R(n))}t(Q,"explainRule");export{Q as explainRule,K as listRules};
