import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{a}from"./chunk-24ORZHIU.js";import"./chunk-N2X4X6DS.js";import"./chunk-QOD6MGIR.js";import"./chunk-ZCSAJAXQ.js";import"./chunk-XZZQGRFD.js";import"./chunk-H45Z4KFB.js";import"./chunk-55PNPI6Q.js";export{a as renderText};
