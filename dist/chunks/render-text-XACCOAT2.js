import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{a}from"./chunk-J5DYQG5E.js";import"./chunk-BNTMFX3J.js";import"./chunk-KZBYUWZI.js";import"./chunk-7APTZFRG.js";import"./chunk-T7OFFMHH.js";import"./chunk-ZCSAJAXQ.js";import"./chunk-H45Z4KFB.js";import"./chunk-XZZQGRFD.js";import"./chunk-55PNPI6Q.js";export{a as renderText};
