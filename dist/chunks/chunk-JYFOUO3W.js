import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{a as t}from"./chunk-55PNPI6Q.js";function p(n){return`${e(JSON.stringify(n,null,2))}
`}t(p,"toJson");function e(n){return n.replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,i)}t(e,"escapeUnprintable");function i(n){return Array.from({length:n.length},(o,r)=>u(n.charCodeAt(r))).join("")}t(i,"escapeUnits");function u(n){return`\\u${n.toString(16).padStart(4,"0")}`}t(u,"hexEscape");export{p as a};
