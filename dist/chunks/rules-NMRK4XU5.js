import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{d as a,e as m}from"./chunk-JASCQU2U.js";import{a as p}from"./chunk-X3GRHCQ2.js";import{b as c}from"./chunk-GHIX7LE4.js";import"./chunk-SNP752YH.js";import{a as d}from"./chunk-5Y7UMXPB.js";import{a as u}from"./chunk-W2J5EQWB.js";import{a as f,b as y}from"./chunk-BNTMFX3J.js";import"./chunk-OME4SCA3.js";import"./chunk-KZBYUWZI.js";import"./chunk-XZZQGRFD.js";import{f as l}from"./chunk-H45Z4KFB.js";import{a as t}from"./chunk-55PNPI6Q.js";function h(e){let{why:n,counts:o,fix:r,config:i}=e.page;return[S(e),`## Why

${n}`,`## What counts

${g(o)}`,`## How to fix it

${g(r)}`,`## In stagegate.yml

${R(i)}`,...k(e)].join(`

`).concat(`
`)}t(h,"rulePage");function S({id:e,summary:n,severity:o,needs:r,options:i}){return[`# ${e}`,n,`Default severity: \`${o}\`. Looks at ${P[r]}.`,`## Options

${O(i)}`].join(`

`)}t(S,"rulePageHeader");var P={dockerfile:"the Dockerfile, before anything is built",test:"the build of the test target",image:"the built image",comparison:"the built image and its baseline; with `stagegate compare`, at both images"};function O(e){let{properties:n={},required:o=[]}=u.toJSONSchema(e,{io:"input"}),r=Object.entries(n).flatMap(([i,s])=>typeof s=="boolean"?[]:[j(i,s,o.includes(i))]);return r.length===0?"None.":["| option | value | default | meaning |","|---|---|---|---|",...r].join(`
`)}t(O,"optionsTable");function j(e,n,o){let r=o?"must be set":`\`${JSON.stringify(n.default)}\``;return`| \`${e}\` | ${n.title??v(n)} | ${r} | ${n.description??""} |`}t(j,"optionRow");function v({type:e}){return N[String(e)]??"a text"}t(v,"describeValue");var N={array:"a list",boolean:"`true` or `false`",integer:"a whole number"};function g(e){return e.map(n=>`- ${n}`).join(`
`)}t(g,"list");function R(e){return["```yaml",...e,"```"].join(`
`)}t(R,"yaml");function k({id:e,page:n}){if(n.waiverReason===void 0)return[];let o=["policy:","  waivers:",`    - rule: ${e}`,...n.waiverPath===void 0?[]:[`      path: ${n.waiverPath}`],`      reason: ${n.waiverReason}`,'      owner: "@platform-team"',"      expires: 2027-01-31"];return[`A finding that a person accepts, up to the end of a day:

${R(o)}`]}t(k,"waiverExample");var A=[{title:"RULE"},{title:"DEFAULT"},{title:"OPTIONS"},{title:"WHAT IT HOLDS"}],T={error:"fail",warning:"near",off:"dim"};function w(e,{color:n,width:o}){let r=e.map(({id:i,severity:s,summary:x,options:b})=>[{text:l(i),style:"bold"},{text:s,style:T[s]},{text:l(b),style:"dim"},{text:l(x)}]);return`${f(A,r,{paint:y(n),width:o,indent:""}).join(`
`)}
`}t(w,"renderRules");function K(e){process.stdout.write(J[e]())}t(K,"listRules");var J={text:t(()=>w(a.map($),p(process.stdout)),"text"),json:t(()=>`${JSON.stringify(a.map(e=>({...$(e),options:D(e)})),null,2)}
`,"json"),markdown:t(()=>["| rule | default | what it holds |","|---|---|---|",...a.map(({id:e,severity:n,summary:o})=>`| \`${e}\` | ${n} | ${o} |`),""].join(`
`),"markdown")};function $(e){let{id:n,severity:o,summary:r}=e;return{id:n,severity:o,summary:r,options:Object.keys(e.options.shape).join(", ")}}t($,"summarise");function D({options:e}){return u.toJSONSchema(e,{io:"input"})}t(D,"optionSchema");function Q(e){let n=m(e);if(n===void 0){let o=a.map(i=>i.id),r=c(e,o);throw new d(`There is no rule named ${JSON.stringify(e)}.`,{hint:r===void 0?`The rules are: ${o.join(", ")}.`:`Did you mean ${r}?`})}process.stdout.write(h(n))}t(Q,"explainRule");export{Q as explainRule,K as listRules};
