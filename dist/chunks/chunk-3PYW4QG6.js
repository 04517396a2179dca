import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{a as s}from"./chunk-55PNPI6Q.js";function i(n,r){let t=Array.from(n);if(t.length<=r)return n;let o=Math.floor((r-1)/3);return`${t.slice(0,o).join("")}\u2026${t.slice(o+1-r).join("")}`}s(i,"shortenPath");export{i as a};
