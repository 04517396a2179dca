import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{a as e}from"./chunk-55PNPI6Q.js";function c(o,r){let n=o.replace(/\s+/g," ").trim(),t=Array.from(n);return t.length<=r?n:`${t.slice(0,r-1).join("").trimEnd()}\u2026`}e(c,"shorten");var i=80;export{c as a,i as b};
